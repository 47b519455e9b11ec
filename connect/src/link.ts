import type { AnyResults, ArgumentsOf, OperationType, ProviderId, ResultsOf } from "./results.ts";

/** Where a link stands. `failed` may be claimed again; `complete` and `expired` are ends. */
export type LinkStatus = "pending" | "active" | "complete" | "failed" | "expired";

/** One thing to do in the person's account, as named by `GET /v1/providers`. */
export interface RequestedOperation {
  /** For example `paymentMethod`, `mobileBillingStatement`, `orderHistory`. */
  resource: string;
  action: "read" | "write";
  /** Checked against the operation's schema when the link is created. Never echoed back. */
  arguments?: Record<string, unknown> | undefined;
}

interface LinkOptions {
  /** Receives `link.complete` or `link.failed`, signed. At most 2,048 characters. */
  webhookUrl?: string | undefined;
  /** Where the person goes afterwards: `https:`, or an app's own scheme such as `myapp://callback`. */
  returnUrl?: string | undefined;
  /** Your own id of the person. Comes back with the link. */
  externalUserId?: string | undefined;
  /** Your own words about the link; given back, never read. At most 8,192 bytes of JSON. */
  metadata?: Record<string, unknown> | undefined;
  /** Whether it can be claimed again after success, until it expires. Default false. */
  reusable?: boolean | undefined;
  /** Records more of the session, for finding faults. */
  debug?: boolean | undefined;
  /** Seconds until an unclaimed link expires: 1 to 604,800 (7 days). Default 14,400 (4 hours). */
  expiresIn?: number | undefined;
}

/** The body of `POST /v1/links`: either `operations` (1 to 10), or one operation as `resource` and `action`. */
export interface CreateLinkRequest extends LinkOptions {
  /** For example `tmobile`, `att`, `verizon`, `ubereats`. */
  integrationId: string;
  /** Run in this order, with one sign-in. If one fails, the link fails. */
  operations?: RequestedOperation[] | undefined;
  resource?: string | undefined;
  action?: "read" | "write" | undefined;
  arguments?: Record<string, unknown> | undefined;
}

/** One operation of a provider, with the arguments that it takes. */
export type TypedOperation<P extends ProviderId = ProviderId> = P extends unknown
  ? { [T in OperationType<P>]: { type: T } & ArgumentsField<ArgumentsOf<P, T>> }[OperationType<P>]
  : never;

/** Arguments may be left out where all of their fields may. */
type ArgumentsField<A> = A extends undefined
  ? { arguments?: undefined }
  : Record<never, never> extends A
    ? { arguments?: A | undefined }
    : { arguments: A };

/**
 * The same request in fewer words: `{ provider: "tmobile", operations: [{ type: "mobileBillingStatement:read" }] }`. The types know
 * the providers of this version's catalog. For others there are the documented body, and the interface `Catalog` to add them to.
 */
export interface CreateLinkShorthand<
  P extends ProviderId = ProviderId,
  O extends readonly TypedOperation<P>[] = readonly TypedOperation<P>[],
> extends LinkOptions {
  provider: P;
  /** Run in this order, with one sign-in. If one fails, the link fails. */
  operations: O;
}

/** The resource and the action of an operation by its type, `resource:action`. */
type NamedOperation<T extends string> = T extends `${infer Resource}:${infer Action}`
  ? { resource: Resource; action: Action }
  : { resource: string; action: string };

/** A link that was just created. Of which provider `P` and operations `T`, the compiler knows where the request was typed. */
export interface CreatedLink<P extends string = string, T extends string = string> {
  linkId: string;
  /** A secret: whoever holds it can claim the link. Give it to the person it is meant for only. */
  claimCode: string;
  integrationId: P;
  operations: NamedOperation<T>[];
  /** The first operation's resource. */
  resource: string;
  /** The first operation's action. */
  action: string;
  status: "pending";
  /** The page to send the person to. Carries the claim code. */
  appClipUrl: string;
  /** With `linkId` added. */
  returnUrl: string | null;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** What a created link's results are, as far as its type says. */
export type ResultsOfLink<L extends CreatedLink> =
  L extends CreatedLink<infer P, string>
    ? P extends ProviderId
      ? ResultsOf<P, TypesOf<L["operations"][number]> & OperationType<P>>
      : AnyResults
    : AnyResults;

type TypesOf<O> = O extends { resource: infer Resource extends string; action: infer Action extends string }
  ? `${Resource}:${Action}`
  : never;

/** A link as lists show it: without its outcome. Times are epoch milliseconds. */
export interface LinkSummary {
  id: string;
  integrationId: string;
  operations: { resource: string; action: string }[];
  resource: string;
  action: string;
  externalUserId: string | null;
  status: LinkStatus;
  /** The newest attempt, or null before the first claim. */
  currentSessionId: string | null;
  reusable: boolean;
  metadata: Record<string, unknown> | null;
  /** When its owner cancelled it: its status is `expired` then. */
  cancelledAt: number | null;
  expiresAt: number;
  createdAt: number;
  updatedAt: number;
}

/** Why an attempt failed. */
export interface LinkError {
  /** For example `AUTOMATION_ERROR`, `CLIENT_TIMEOUT`, `RESULT_VALIDATION_ERROR`. */
  code: string;
  message: string;
  details?: Record<string, unknown> | undefined;
}

/** A link with its outcome. `R` is the type of its `results`. */
export interface Link<R = AnyResults> extends LinkSummary {
  returnUrl: string | null;
  /** One operation: its data. Several: `{ operations: [{ resource, action, data }] }`. Null until complete. */
  result: unknown;
  /** The data by `resource:action`, of one operation or several. Undefined until complete, and where one was asked for twice. */
  results: R | undefined;
  /** Null unless the last attempt failed. */
  error: LinkError | null;
  /** How far the device's list of what it sent went in the last attempt, once it is over: `passage ledger verify` shows the list. */
  ledger: { head: string; entries: number } | null;
  /** What a failed attempt had finished, for 24 hours; where it was asked for. */
  partial?: { operations: { resource: string; action: string; data: unknown }[] } | null | undefined;
}

/** What to list. */
export interface ListLinksQuery {
  /** Links a page: 1 to 100, default 20. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
  status?: LinkStatus | undefined;
  integrationId?: string | undefined;
  externalUserId?: string | undefined;
  /** Epoch milliseconds. */
  createdAfter?: number | undefined;
}

/** One page of links, newest first. */
export interface LinkList {
  links: LinkSummary[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** One claim of a link. Times are epoch milliseconds. */
export interface LinkAttempt {
  sessionId: string;
  status: "active" | "complete" | "failed";
  /** Kept for each attempt of a reusable link; null otherwise, where the link has it. */
  result: unknown;
  error: LinkError | null;
  /** How far its device's list of what it sent went; null for one that keeps none. */
  ledger: { head: string; entries: number } | null;
  startedAt: number;
  endedAt: number | null;
}

/** One page of attempts, newest first. */
export interface AttemptList {
  attempts: LinkAttempt[];
  nextCursor: string | null;
}
