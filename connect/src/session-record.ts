import type { LinkError } from "./link.ts";
import type { SessionPhase } from "./wire.ts";

/** A session as its owner sees it. Times are epoch milliseconds. */
export interface SessionRecord {
  id: string;
  /** Null for a session that your own worker drives. */
  linkId: string | null;
  phase: SessionPhase;
  clientConnected: boolean;
  workerConnected: boolean;
  metadata: Record<string, unknown> | null;
  /** What `complete()` was given; null for a link's session, whose result is the link's. */
  result: unknown;
  error: LinkError | null;
  createdAt: number;
  expiresAt: number;
}

/** A session as lists show it. What it holds, and who is connected, `sessions.get` says. */
export interface SessionSummary {
  id: string;
  /** Null for a session that your own worker drives. */
  linkId: string | null;
  status: "active" | "complete" | "failed";
  error: LinkError | null;
  createdAt: number;
  /** Null while it is active. */
  endedAt: number | null;
}

export interface SessionList {
  sessions: SessionSummary[];
  nextCursor: string | null;
}

/** What the device saw. */
export interface SessionEvents {
  events: {
    seq: number;
    /** By the device's clock. */
    ts: number;
    serverTs: number;
    source: string;
    type: string;
    payload: Record<string, unknown>;
  }[];
  /** Pass it as `after`; null at the end. */
  nextAfter: number | null;
}

/** What the device was asked, in order: names, times and codes, never values. */
export interface SessionTrace {
  trace: {
    seq: number;
    id: string;
    /** The command's name, `batch` or `yield`. */
    request: string;
    askedAt: number;
    /** Until its answer; null while it has none, or when the session ended first. */
    ms: number | null;
    /** More than once after a lost device. */
    sent: number;
    error: { code: string } | null;
  }[];
  /** Pass it as `after`; null at the end. */
  nextAfter: number | null;
}
