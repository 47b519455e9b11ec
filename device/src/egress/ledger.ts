import { createHash } from "node:crypto";
import { canonicalJson } from "@passage/protocol/canonical-json";
import { type LedgerEntry, type LedgerFile, type LedgerHead, ledgerFile } from "@passage/protocol/ledger";
import type { ClientMessage } from "@passage/protocol/session";
import type { MessageDescriptions } from "./describe-message.ts";

/** The `ledger` member that a frame ends with takes no more than this. */
export const ledgerMemberBytes = 128;

/** An entry that counts once its frame is on its way. */
interface Draft {
  readonly entry: LedgerEntry;
  readonly head: LedgerHead;
}

/** What this device has sent in the session, frame by frame, each entry chained to the one before it. */
export class Ledger {
  readonly #sessionId: string;
  readonly #descriptions: MessageDescriptions;
  readonly #entries: LedgerEntry[] = [];
  #head: string;

  constructor(sessionId: string, descriptions: MessageDescriptions) {
    this.#sessionId = sessionId;
    this.#descriptions = descriptions;
    this.#head = genesis(sessionId);
  }

  /** @param text the frame without its `ledger` member. */
  draft(message: ClientMessage, text: string): Draft {
    const seq = this.#entries.length + 1;
    const entry = { seq, at: Date.now(), ...this.#descriptions.of(message), sha256: sha256(text), prev: this.#head };
    return { entry, head: { head: hashOf(entry), entries: seq } };
  }

  /** The frame of the draft was taken by a socket. */
  add({ entry, head }: Draft): void {
    this.#entries.push(entry);
    this.#head = head.head;
  }

  file(): LedgerFile {
    return { passageLedger: 1, sessionId: this.#sessionId, entries: [...this.#entries], head: this.#head };
  }
}

/** The frame with the ledger's new head in it. */
export function withHead(text: string, head: LedgerHead): string {
  return `${text.slice(0, -1)},"ledger":${JSON.stringify(head)}}`;
}

/** The frame as the ledger has its hash: without the head. */
export function withoutHead(frame: string): string {
  return frame.replace(/,"ledger":\{"head":"[0-9a-f]{64}","entries":\d+\}\}$/, "}");
}

/** What is wrong with a ledger's file, in a sentence; null when its chain is whole. */
export function ledgerFault(value: unknown): string | null {
  const parsed = ledgerFile.safeParse(value);
  if (!parsed.success) return `This is no ledger: ${parsed.error.issues[0]?.path.join(".")} is missing or wrong.`;
  const { sessionId, entries, head } = parsed.data;
  let expected = genesis(sessionId);
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) return `Entry ${index + 1} is missing or out of place.`;
    if (entry.prev !== expected) return `Entry ${entry.seq} does not follow from the one before it.`;
    expected = hashOf(entry);
  }
  return head === expected ? null : "The last entry was changed, or entries after it were taken away.";
}

/** Whether the frame is the one that the entry is about. */
export function isFrameOf(entry: LedgerEntry, frame: string): boolean {
  return entry.sha256 === sha256(withoutHead(frame));
}

function genesis(sessionId: string): string {
  return sha256(`passage ledger of ${sessionId}`);
}

function hashOf(entry: LedgerEntry): string {
  return sha256(canonicalJson(entry));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
