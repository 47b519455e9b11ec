import type { LedgerHead } from "@passage/protocol/ledger";
import type { Sessions } from "../attempts/sessions.ts";
import type { SealedEvent } from "../events/event-log.ts";
import type { RpcResult } from "../refusal.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import type { AttemptTable } from "./attempt-table.ts";
import type { LinkRecord } from "./link-record.ts";
import type { LinkTable } from "./link-table.ts";
import { type LinkMove, transition } from "./machine.ts";
import type { Steps } from "./steps.ts";
import type { Watchers } from "./watchers.ts";

interface Parts {
  readonly links: LinkTable;
  readonly steps: Steps;
  readonly attempts: AttemptTable;
  readonly outbox: Outbox;
  readonly watchers: Watchers;
  readonly sessions: Sessions;
  readonly arm: () => void;
}

/** Moves links from state to state. Nothing else writes a link's state. */
export class LinkMoves {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Makes a move and what follows from it, all in the caller's commit: nothing is awaited.
   *
   * @param link as it stands now, read since the caller last awaited something
   * @param event the event that the move emits if it takes place, sealed before
   * @param ledger how far the device's ledger went in the attempt that the move ends
   * @returns the link after the move; the same object where the move changes nothing
   */
  apply(
    link: LinkRecord,
    move: LinkMove,
    now: number,
    event?: SealedEvent,
    ledger: LedgerHead | null = null,
  ): RpcResult<LinkRecord> {
    const { links, steps, attempts, outbox, watchers, sessions, arm } = this.#parts;
    const result = transition(link.state, link, move, now);
    if ("refused" in result) return result;
    const { state, effects } = result;
    // After a sleep nobody here knows an attempt's step, and its row has the first one: watchers may have been told another.
    const tellsStep = move.type === "stepped" && state.status === "active" && state.sessionId === move.sessionId;
    if (state === link.state && !tellsStep) return { ok: link };
    const moved = { ...link, state, updatedAt: move.type === "stepped" ? link.updatedAt : now };
    if (move.type !== "stepped") links.writeState(moved);
    if (state.status === "active") steps.note(state.sessionId, state.step);
    if (move.type === "takenBack") steps.forget(move.sessionId);
    for (const effect of effects)
      switch (effect.type) {
        case "emit":
          if (event?.type !== effect.event) throw new Error(`No ${effect.event} was sealed for ${link.id}.`);
          outbox.emit(event, link.webhookUrl, now);
          break;
        case "endAttempt": {
          // The link itself keeps the last result; a reusable one keeps each attempt's.
          const ownResult = link.reusable && state.status === "complete" ? state.sealedResult : null;
          steps.forget(effect.sessionId);
          attempts.end(effect.sessionId, { error: effect.error, sealedResult: ownResult, ledger }, now);
          break;
        }
        case "endSession":
          sessions.end([effect.sessionId]);
      }
    watchers.announce(moved);
    if (move.type !== "stepped") arm();
    return { ok: moved };
  }
}
