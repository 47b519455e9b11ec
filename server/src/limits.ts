import { defaultCommandTimeoutMs } from "@passage/protocol/commands";

// What one server holds itself to. `docs/limits.md` is written from here and from the protocol's limits. Times in ms.

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Requests in seconds, where nothing else is set. */
export const defaultPolicies = { key: "1000/10", address: "60/10" } as const;

/** For how long a Worker keeps what it knows of an API key: a revoked key works no longer than this. */
export const keyMemoryMs = 5 * second;
/** How many keys a Worker knows at most. */
export const keysInMemory = 10_000;

/** New links use new link shards after this time: no Worker knows the old number then. */
export const shardCountHeardMs = 2 * keyMemoryMs;
/** A change of settings that a link shard did not take is sent again after this time. */
export const shardRetryMs = 2 * second;
/** A change of settings is answered after this time, even when a link shard has not taken it yet. */
export const shardWaitMs = 3 * second;
/** A list of events of several link shards leaves out those of this last moment: their order is not settled yet. */
export const eventOrderMs = second;

/** Of a session, where nothing else is asked for (design, gap 17). */
export const defaultTimes = {
  disconnectGracePeriodMs: 2 * minute,
  commandTimeoutMs: defaultCommandTimeoutMs,
  sessionDurationMs: 15 * minute,
} as const;

/** What a session keeps of what its device tells: the newest. Sizes in characters of JSON. */
export const telemetryLimits = { events: 20_000, eventSize: 16_777_216, captureSize: 67_108_864 } as const;

/** The newest messages that a session keeps for late viewers, and how many characters of them. */
export const timelineLimits = { messages: 5_000, size: 16_777_216 } as const;

/** Each claim of one link makes a session: nobody needs more of them than this. */
export const claimsPerLink = { count: 20, seconds: 60 } as const;

/** Open sockets that follow one link's status: some devices, some pages, and those whose network was lost. */
export const statusSocketsPerLink = 50;

/** Open debug viewers of one session: each is sent every message. */
export const viewersPerSession = 20;

/** For how long a failed attempt's finished operations are kept. */
export const partialKeptMs = day;

/** For how long an answer to an Idempotency-Key is repeated. */
export const repeatedMs = day;

/** How long an event is kept, with what it says. */
export const eventRetentionMs = 30 * day;

/** A webhook is delivered when its receiver answers 2xx within this time. */
export const receiverTimeoutMs = 15 * second;

/** Attempts at once: so few at one destination that it is not flooded, so many in all that a slow one holds up nobody. */
export const webhooksAtOnce = { destination: 8, organization: 128 } as const;

/** How deliveries are tried again, and when an endpoint is given up. */
export interface RetryPolicy {
  /** Before each attempt. After the last one the delivery has failed. */
  readonly delaysMs: readonly number[];
  /** An endpoint that has only failed for this long is disabled. */
  readonly disableAfterMs: number;
}

/** 0, 1 and 5 s as documented, then over three days (design, gap 30). */
export const retryPolicy: RetryPolicy = {
  delaysMs: [
    0,
    second,
    5 * second,
    30 * second,
    2 * minute,
    10 * minute,
    hour,
    3 * hour,
    6 * hour,
    12 * hour,
    day,
    day,
  ],
  disableAfterMs: 5 * day,
};
