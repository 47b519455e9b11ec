import * as commands from "@passage/protocol/commands";
import type { errorCodes } from "@passage/protocol/errors";
import type * as events from "@passage/protocol/events";
import type * as audit from "@passage/protocol/http/audit-log";
import type * as key from "@passage/protocol/http/key";
import type * as link from "@passage/protocol/http/link";
import type * as problem from "@passage/protocol/http/problem";
import type * as provider from "@passage/protocol/http/provider";
import type * as sandbox from "@passage/protocol/http/sandbox";
import type * as httpSession from "@passage/protocol/http/session";
import type { Drift } from "@passage/protocol/reads/declaration";
import { freeShape } from "@passage/protocol/reads/free-shape";
import type { PlainLeaf } from "@passage/protocol/reads/leaf";
import * as session from "@passage/protocol/session";
import type { SessionTrace } from "@passage/protocol/trace";
import { protocolVersion } from "@passage/protocol/version";
import type * as webhooks from "@passage/protocol/webhooks";
import type * as yields from "@passage/protocol/yield";
import { expect, expectTypeOf, test } from "vitest";
import type * as ours from "./index.ts";
import * as generated from "./protocol.generated.ts";

/** The codes of the protocol that answer an HTTP request. */
type HttpErrorCode = {
  [Code in keyof typeof errorCodes]: (typeof errorCodes)[Code]["status"] extends number ? Code : never;
}[keyof typeof errorCodes];

/** The codes of the protocol that a session answers with. Those in capitals are a link's. */
type SessionErrorCode = {
  [Code in keyof typeof errorCodes]: Code extends HttpErrorCode | Uppercase<Code> ? never : Code;
}[keyof typeof errorCodes];

/** Params without a field: the protocol's inferred type is the same, but leaves no room for our options beside them. */
type OrNone<T> = T extends Record<string, never> ? Record<never, never> : T;

/** One level of fields written out, so that `A & B` and an object with both compare equal. */
type Flat<T> = T extends unknown ? { [Key in keyof T]: T[Key] } : never;

/** The fields that any member of a union has. */
type KeysOfAny<T> = T extends unknown ? keyof T : never;

// The proof is the type check of this file; at run time these calls do nothing.
test("the generated types are the protocol's inferred ones", () => {
  expectTypeOf<ours.CreateLinkRequest>().toEqualTypeOf<link.CreateLinkRequest>();
  expectTypeOf<ours.CompleteLinkRequest>().toExtend<sandbox.CompleteLinkRequest>();
  expectTypeOf<KeysOfAny<ours.CompleteLinkRequest>>().toEqualTypeOf<keyof sandbox.CompleteLinkRequest>();
  expectTypeOf<Extract<ours.CompleteLinkRequest, { outcome: "failed" }>["code"]>().toEqualTypeOf<
    sandbox.CompleteLinkRequest["code"]
  >();
  expectTypeOf<ours.RequestedOperation>().toEqualTypeOf<link.RequestedOperation>();
  expectTypeOf<ours.CreatedLink>().toEqualTypeOf<link.CreatedLink>();
  expectTypeOf<ours.LinkStatus>().toEqualTypeOf<link.LinkStatus>();
  expectTypeOf<ours.LinkSummary>().toEqualTypeOf<link.LinkSummary>();
  expectTypeOf<Flat<Omit<ours.Link, "results">>>().toEqualTypeOf<Flat<link.Link>>();
  expectTypeOf<ours.LinkList>().toEqualTypeOf<link.LinkList>();
  expectTypeOf<Flat<ours.WebhookBody>>().toEqualTypeOf<Flat<events.WebhookEvent>>();
  expectTypeOf<Omit<ours.LinkCompleteEvent, "results">>().toExtend<events.WebhookEvent>();
  expectTypeOf<Omit<ours.LinkFailedEvent, "results">>().toExtend<events.WebhookEvent>();
  expectTypeOf<ours.AnsweredErrorCode>().toEqualTypeOf<HttpErrorCode>();
  expectTypeOf<NonNullable<ours.PassageError["issues"]>[number]>().toEqualTypeOf<
    NonNullable<problem.ErrorBody["issues"]>[number]
  >();
});

test("events, webhook endpoints, sessions and providers are the protocol's", () => {
  expectTypeOf<Omit<ours.LoggedEvent, "data">>().toEqualTypeOf<Omit<webhooks.Event, "data">>();
  expectTypeOf<Flat<ours.LoggedEvent["data"]>>().toEqualTypeOf<Flat<webhooks.Event["data"]>>();
  expectTypeOf<ours.EventList>().toEqualTypeOf<webhooks.EventList>();
  expectTypeOf<Required<ours.ListEventsQuery>>().toExtend<Required<webhooks.ListEventsQuery>>();
  expectTypeOf<ours.SignedDelivery>().toEqualTypeOf<webhooks.SignedDelivery>();
  expectTypeOf<ours.WebhookEndpoint>().toEqualTypeOf<webhooks.WebhookEndpoint>();
  expectTypeOf<Flat<ours.CreatedWebhookEndpoint>>().toEqualTypeOf<Flat<webhooks.CreatedEndpoint>>();
  expectTypeOf<ours.CreateEndpointRequest>().toEqualTypeOf<webhooks.CreateEndpointRequest>();
  expectTypeOf<ours.UpdateEndpointRequest>().toEqualTypeOf<webhooks.UpdateEndpointRequest>();
  expectTypeOf<ours.RotatedSecret>().toEqualTypeOf<webhooks.RotatedSecret>();
  expectTypeOf<ours.SessionRecord>().toEqualTypeOf<httpSession.Session>();
  expectTypeOf<ours.SessionSummary>().toEqualTypeOf<httpSession.SessionSummary>();
  expectTypeOf<ours.SessionEvents>().toEqualTypeOf<httpSession.SessionEvents>();
  expectTypeOf<ours.SessionTrace>().toEqualTypeOf<SessionTrace>();
  expectTypeOf<{ providers: ours.Provider[] }>().toEqualTypeOf<provider.ProviderList>();
  expectTypeOf<ours.ProviderHealth>().toEqualTypeOf<provider.ProviderHealth>();
  expectTypeOf<ours.SigningKeyList>().toEqualTypeOf<webhooks.SigningKeyList>();
  expectTypeOf<Flat<ours.CreatedKey>>().toEqualTypeOf<Flat<key.CreatedKey>>();
  expectTypeOf<ours.CreateKeyRequest>().toEqualTypeOf<key.CreateKeyRequest>();
  expectTypeOf<ours.KeyList>().toEqualTypeOf<key.KeyList>();
  expectTypeOf<ours.AuditLog>().toEqualTypeOf<audit.AuditLog>();
  expectTypeOf<ours.AttemptList>().toEqualTypeOf<link.AttemptList>();
});

test("what list takes is what the protocol takes (there a number in a query is any text)", () => {
  expectTypeOf<Required<ours.ListLinksQuery>>().toExtend<Required<link.ListLinksQuery>>();
  expectTypeOf<keyof ours.ListLinksQuery>().toEqualTypeOf<keyof link.ListLinksQuery>();
});

test("the device commands are the protocol's, row by row", () => {
  expect(generated.commandNames.toSorted()).toEqual(Object.keys(commands.commands).toSorted());
  type Names = commands.CommandName;
  expectTypeOf<ours.CommandName>().toEqualTypeOf<Names>();
  expectTypeOf<(typeof generated.commandNames)[number]>().toEqualTypeOf<Names>();
  type Same = Exclude<Names, "fetchInPage" | "extract">;
  expectTypeOf<{ [Name in Same]: ours.CommandParams<Name> }>().toEqualTypeOf<{
    [Name in Same]: OrNone<Flat<commands.CommandParams<Name>>>;
  }>();
  // Their schemas are read-only here; the test below compares them.
  expectTypeOf<Omit<ours.CommandParams<"fetchInPage">, "schema">>().toEqualTypeOf<
    Flat<Omit<commands.CommandParams<"fetchInPage">, "schema">>
  >();
  type From<Params, Name> = Flat<Omit<Extract<Params, { from: Name }>, "schema">>;
  type Extracts = commands.CommandParams<"extract">;
  expectTypeOf<From<ours.CommandParams<"extract">, "dom">>().toEqualTypeOf<From<Extracts, "dom">>();
  expectTypeOf<From<ours.CommandParams<"extract">, "response">>().toEqualTypeOf<From<Extracts, "response">>();
  expectTypeOf<{ [Name in Names]: Flat<ours.CommandResult<Name>> }>().toEqualTypeOf<{
    [Name in Names]: Flat<commands.CommandResult<Name>>;
  }>();
  expectTypeOf<ours.YieldRequest>().toEqualTypeOf<yields.YieldRequest>();
  expectTypeOf<ours.YieldResult>().toEqualTypeOf<yields.YieldResult>();
});

test("a schema is one of the protocol's, with every leaf and keyword", () => {
  expectTypeOf<ours.Leaf["leaf"]>().toEqualTypeOf<PlainLeaf["leaf"]>();
  expectTypeOf<ours.Drift>().toEqualTypeOf<Drift>();
  const bill = {
    type: "object",
    properties: { id: { leaf: "id", max: 20 }, amount: { leaf: "money" }, paid: { leaf: "boolean" } },
    required: ["id", "amount"],
  } as const;
  const schemas = [
    { type: "array", items: bill, maxItems: 12 },
    { type: "object", additionalProperties: { leaf: "dates", order: "dmy" }, maxProperties: 9 },
    { anyOf: [{ leaf: "text", max: 40, digits: true }, { type: "null" }] },
    {
      oneOf: [
        { type: "object", properties: { is: { enum: ["a"] } }, required: ["is"] },
        { type: "object", properties: { is: { enum: ["b"] } }, required: ["is"] },
      ],
    },
    { orNull: { leaf: "url", of: ["https://img.example"] } },
  ] as const satisfies ours.Shape[];
  for (const schema of schemas) expect(freeShape.safeParse(schema)).toMatchObject({ success: true });
  expectTypeOf<ours.ShapeValue<(typeof schemas)[0]>>().toEqualTypeOf<
    ({ id: string; amount: string } & { paid?: boolean })[]
  >();
  expectTypeOf<ours.ShapeValue<(typeof schemas)[1]>>().toEqualTypeOf<[from: string, to: string][]>();
  expectTypeOf<ours.ShapeValue<(typeof schemas)[2]>>().toEqualTypeOf<string | null>();
  expectTypeOf<ours.ShapeValue<(typeof schemas)[4]>>().toEqualTypeOf<string | null>();
});

test("sessions, their messages and their codes are the protocol's", () => {
  expectTypeOf<ours.CreateSessionRequest>().toEqualTypeOf<httpSession.CreateSessionRequest>();
  expectTypeOf<generated.CreatedSession>().toEqualTypeOf<httpSession.CreatedSession>();
  expectTypeOf<ours.SessionErrorCode>().toEqualTypeOf<SessionErrorCode>();
  expectTypeOf<
    Extract<session.ServerMessage, { type: generated.ServerMessage["type"] }>
  >().toEqualTypeOf<generated.ServerMessage>();
  expectTypeOf<session.WorkerMessage>().toEqualTypeOf<generated.WorkerMessage>();
  expectTypeOf<typeof globalThis.WebSocket>().toExtend<ours.WebSocketClass>();
  expectTypeOf<generated.SessionPhase>().toEqualTypeOf<session.Phase>();
  expect(generated).toMatchObject({
    subprotocol: session.subprotocol,
    heartbeat: session.heartbeat,
    maxFrameBytes: session.maxFrameBytes,
    protocolVersion,
  });
  expect(generated.closeCodes).toEqual(
    Object.fromEntries(Object.entries(session.closeCodes).map(([name, { code }]) => [name, code])),
  );
});
