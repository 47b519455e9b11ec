import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { Env } from "../../env.ts";
import { log } from "../../log.ts";
import { sessionOf } from "../../stubs.ts";

/** The sessions of attempts, which are objects of their own. */
export class Sessions {
  readonly #context: DurableObjectState;
  readonly #env: Env;

  constructor(context: DurableObjectState, env: Env) {
    this.#context = context;
    this.#env = env;
  }

  /** Where an attempt stands, from its session; null for one that is over. */
  step(sessionId: string): Promise<LinkStep | null> {
    return sessionOf(this.#env, sessionId).step();
  }

  /** How a session ended; null for one that goes on, or that there never was. */
  endOf(sessionId: string): Promise<{ error: ErrorValue | null } | null> {
    return sessionOf(this.#env, sessionId).end();
  }

  /** Ends sessions in the background: the object stays awake until they have ended. */
  end(sessionIds: readonly string[]): void {
    this.#context.waitUntil(this.ended(sessionIds));
  }

  /** Ends sessions; resolves when all have ended. One that cannot be reached ends by itself at its longest duration. */
  async ended(sessionIds: readonly string[]): Promise<void> {
    const ends = sessionIds.map((sessionId) =>
      sessionOf(this.#env, sessionId)
        .cancel()
        .catch((error) => log("session.not_ended", { sessionId, reason: String(error) })),
    );
    await Promise.all(ends);
  }
}
