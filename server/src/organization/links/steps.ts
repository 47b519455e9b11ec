import type { LinkStep } from "@passage/protocol/events";

/**
 * Where the attempts that are under way stand, by session. In memory only: each session reports its changes, and is asked after
 * this object has slept.
 */
export class Steps {
  readonly #steps = new Map<string, LinkStep>();

  of(sessionId: string): LinkStep | null {
    return this.#steps.get(sessionId) ?? null;
  }

  note(sessionId: string, step: LinkStep): void {
    this.#steps.set(sessionId, step);
  }

  forget(sessionId: string): void {
    this.#steps.delete(sessionId);
  }
}
