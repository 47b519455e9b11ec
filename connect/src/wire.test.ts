import type { errorCodes } from "@passage/protocol/errors";
import type * as events from "@passage/protocol/events";
import type * as http from "@passage/protocol/http";
import { expectTypeOf, test } from "vitest";
import type * as ours from "./index.ts";

/** The codes of the protocol that answer an HTTP request. */
type HttpErrorCode = {
  [Code in keyof typeof errorCodes]: (typeof errorCodes)[Code]["status"] extends number ? Code : never;
}[keyof typeof errorCodes];

/** One level of fields written out, so that `A & B` and an object with both compare equal. */
type Flat<T> = T extends unknown ? { [Key in keyof T]: T[Key] } : never;

// The proof is the type check of this file; at run time these calls do nothing.
test("our written-out types are the protocol's inferred ones", () => {
  expectTypeOf<ours.CreateLinkRequest>().toEqualTypeOf<http.CreateLinkRequest>();
  expectTypeOf<ours.RequestedOperation>().toEqualTypeOf<http.RequestedOperation>();
  expectTypeOf<ours.CreatedLink>().toEqualTypeOf<http.CreatedLink>();
  expectTypeOf<ours.LinkStatus>().toEqualTypeOf<http.LinkStatus>();
  expectTypeOf<ours.LinkSummary>().toEqualTypeOf<http.LinkSummary>();
  expectTypeOf<Flat<ours.Link>>().toEqualTypeOf<Flat<http.Link>>();
  expectTypeOf<ours.LinkList>().toEqualTypeOf<http.LinkList>();
  expectTypeOf<Flat<ours.WebhookBody>>().toEqualTypeOf<Flat<events.WebhookEvent>>();
  expectTypeOf<Omit<ours.LinkCompleteEvent, "results">>().toExtend<events.WebhookEvent>();
  expectTypeOf<Omit<ours.LinkFailedEvent, "results">>().toExtend<events.WebhookEvent>();
  expectTypeOf<ours.AnsweredErrorCode>().toEqualTypeOf<HttpErrorCode>();
  expectTypeOf<NonNullable<ours.PassageError["issues"]>[number]>().toEqualTypeOf<
    NonNullable<http.ErrorBody["issues"]>[number]
  >();
});

test("what list takes is what the protocol takes (there a number in a query is any text)", () => {
  expectTypeOf<Required<ours.ListLinksQuery>>().toExtend<Required<http.ListLinksQuery>>();
  expectTypeOf<keyof ours.ListLinksQuery>().toEqualTypeOf<keyof http.ListLinksQuery>();
});
