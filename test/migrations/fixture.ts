import type { Claimed } from "@passage/protocol/http/claim";
import type { CreatedLink, Link } from "@passage/protocol/http/link";
import type { CreatedSession } from "@passage/protocol/http/session";

/** What a data folder of an older release holds, as its makers knew it. Kept beside the folder. */
export interface FixtureNotes {
  /** The commit of the server that wrote the folder. */
  readonly commit: string;
  /** Epoch ms. A test moves every time in the folder by what has passed since. */
  readonly madeAt: number;
  readonly testKey: string;
  /** Complete, failed, pending, cancelled and expired links, and a reusable one that completed, as they were read. */
  readonly links: { readonly [name in EndedLink]: Link };
  readonly pending: CreatedLink;
  readonly reusable: CreatedLink;
  /** The request that made `pending` can be sent again with this key. */
  readonly idempotencyKey: string;
  /** A link whose person was signing in when the server was killed. */
  readonly signingIn: { readonly link: CreatedLink; readonly claimed: Claimed };
  /** A developer's session whose person had the page when the server was killed, and the pending yield. */
  readonly session: CreatedSession;
  readonly yieldId: string;
  /** A developer's session whose worker was away when its answer came. The folders that were kept first have none. */
  readonly undelivered?: { readonly session: CreatedSession; readonly id: string; readonly result: object };
  readonly endpointId: string;
}

export type EndedLink = "complete" | "failed" | "pending" | "cancelled" | "expired" | "reusable";

/** Nobody listens there, so each webhook of a fixture still waits to be delivered. A test puts its receiver in its place. */
export const absentReceiver = "http://127.0.0.1:9/webhooks";
export const pendingRequest = { externalUserId: "user_7", metadata: { plan: "gold" }, webhookUrl: absentReceiver };
