import * as z from "zod";

/**
 * The device's list of what it has sent in a session: one entry a frame, each with the hash of the one before it. The whole
 * list stays with the person; the server gets the head with every frame, and keeps the last one.
 */
const hash = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hex digits");

/** What a frame reveals about the page, from nothing to its content. An `event` is told unasked. */
export const ledgerKinds = ["hello", "done", "boolean", "place", "content", "error", "event"] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

export const ledgerEntry = z.object({
  seq: z.number().int().positive(),
  at: z.number().int().describe("Epoch ms."),
  kind: z.enum(ledgerKinds),
  text: z.string().describe("What was sent, in plain words."),
  sha256: hash.describe("Of the frame's text without its `ledger` member, which is its last."),
  prev: hash.describe(
    "The head before this entry. The first one's is the SHA-256 of `passage ledger of <session id>`.",
  ),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** How far the list goes: the SHA-256 of the last entry's canonical JSON, and how many there are. */
export const ledgerHead = z.object({ head: hash, entries: z.number().int().positive() });
export type LedgerHead = z.infer<typeof ledgerHead>;

/** The list as a file. */
export const ledgerFile = z.object({
  passageLedger: z.literal(1),
  sessionId: z.string(),
  entries: z.array(ledgerEntry),
  head: hash,
});
export type LedgerFile = z.infer<typeof ledgerFile>;
