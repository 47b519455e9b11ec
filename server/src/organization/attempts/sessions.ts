import type { Env } from "../../env.ts";
import { log } from "../../log.ts";
import { sessionOf } from "../../stubs.ts";
import type { LinkRecord } from "../links/link-record.ts";
import type { Steps } from "../links/steps.ts";

/** The sessions of attempts, which are objects of their own. */
export class Sessions {
  readonly #context: DurableObjectState;
  readonly #env: Env;

  constructor(context: DurableObjectState, env: Env) {
    this.#context = context;
    this.#env = env;
  }

  /** Asks the session of an active link where it stands, unless that is known. */
  async learnStep(link: LinkRecord | null, steps: Steps): Promise<void> {
    if (link?.state.status !== "active" || steps.of(link.state.sessionId) !== null) return;
    const { sessionId } = link.state;
    const step = await sessionOf(this.#env, sessionId).step();
    // It may have told of a newer one meanwhile.
    if (step !== null && steps.of(sessionId) === null) steps.note(sessionId, step);
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
