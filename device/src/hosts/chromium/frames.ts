import type { Protocol } from "devtools-protocol";
import { globals } from "../../page-script/api.ts";
import { type AttachedTarget, autoAttach } from "../browser/auto-attach.ts";
import { CdpError, type CdpPipe, type CdpSession } from "../browser/pipe.ts";
import type { ChromiumCredentials } from "./credentials.ts";
import type { ChromiumNetwork } from "./network.ts";
import { installScript, type World } from "./world.ts";

export interface FramesOptions {
  readonly pipe: CdpPipe;
  readonly main: CdpSession;
  readonly world: World;
  readonly credentials: ChromiumCredentials;
  /** Left out for windows where no command goes. */
  readonly network?: ChromiumNetwork;
}

/** The page's frames and their workers. Frames of other sites live in processes and sessions of their own. */
export class Frames {
  readonly #options: FramesOptions;
  readonly #main: CdpSession;
  readonly world: World;
  /** Sessions of the frames that have a process of their own, by the session's id and by the frame's. */
  readonly #others = new Map<string, CdpSession>();
  readonly #byFrame = new Map<string, CdpSession>();
  /** The frames that a session had when it was last asked. */
  readonly #seen = new Map<CdpSession, readonly string[]>();

  constructor(options: FramesOptions) {
    this.#options = options;
    this.#main = options.main;
    this.world = options.world;
  }

  /** Has the world's script run at the start of each document in every frame. */
  async follow(onMessage: (text: string) => void): Promise<void> {
    await Promise.all([installScript(this.#main, this.world, onMessage), this.#followBelow(this.#main, onMessage)]);
  }

  /** See `evaluateEverywhere` of the webview. */
  async evaluate(expression: string): Promise<readonly unknown[]> {
    const sessions = [this.#main, ...this.#others.values()];
    return (await Promise.all(sessions.map((session) => this.#evaluateIn(session, expression)))).flat();
  }

  /** The session of a frame that has a process of its own; null for one that shares its parent's. */
  sessionOf(frameId: string): CdpSession | null {
    return this.#byFrame.get(frameId) ?? null;
  }

  async #followBelow(session: CdpSession, onMessage: (text: string) => void): Promise<void> {
    await autoAttach(this.#options.pipe, session, (target) => {
      if (target.info.type === "iframe") return this.#attached(target, onMessage);
      return target.info.type === "worker" ? this.#startedWorker(target) : null;
    });
  }

  async #attached(target: AttachedTarget, onMessage: (text: string) => void): Promise<void> {
    const { info, sessionId, session } = target;
    this.#others.set(sessionId, session);
    this.#byFrame.set(info.targetId, session);
    void target.detached.then(() => this.#detached(target));
    await Promise.all([
      session.send("Page.enable"),
      session.send("Page.setLifecycleEventsEnabled", { enabled: true }),
      this.#watchNetwork(target),
      installScript(session, this.world, onMessage),
      this.#followBelow(session, onMessage),
    ]);
  }

  #detached({ info, sessionId, session }: AttachedTarget): void {
    this.#others.delete(sessionId);
    this.#seen.delete(session);
    if (this.#byFrame.get(info.targetId) === session) this.#byFrame.delete(info.targetId);
  }

  /** A worker's own workers are below its session, not below the page's. */
  async #startedWorker(target: AttachedTarget): Promise<void> {
    await Promise.all([this.#watchNetwork(target), this.#followBelow(target.session, () => {})]);
  }

  async #watchNetwork(target: AttachedTarget): Promise<void> {
    const { credentials, network } = this.#options;
    credentials.follow(target.session);
    await (network ? network.follow(target) : target.session.send("Network.enable"));
  }

  /** The frames of last time are entered while it is asked which ones there are: that saves a round trip. */
  async #evaluateIn(session: CdpSession, expression: string): Promise<unknown[]> {
    try {
      const asked = session.send("Page.getFrameTree");
      const entered = new Map((this.#seen.get(session) ?? []).map((frame) => [frame, this.#enter(session, frame)]));
      const frames = framesOf((await asked).frameTree);
      this.#seen.set(session, frames);
      const values = await Promise.all(
        frames.map(async (frame) => {
          const contextId = await (entered.get(frame) ?? this.#enter(session, frame));
          return contextId === null ? [] : this.#evaluateInContext(session, contextId, expression);
        }),
      );
      return values.flat();
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      return [];
    }
  }

  /** The world's context in the frame's document; null for a frame that is gone. Anew each time: that of a document that has left may still answer. */
  async #enter(session: CdpSession, frameId: string): Promise<number | null> {
    try {
      const { name: worldName } = this.world;
      return (await session.send("Page.createIsolatedWorld", { frameId, worldName })).executionContextId;
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      return null;
    }
  }

  async #evaluateInContext(session: CdpSession, contextId: number, expression: string): Promise<unknown[]> {
    try {
      const evaluate = async (text: string) => {
        const how = { contextId, returnByValue: true, awaitPromise: true } as const;
        const { result } = await session.send("Runtime.evaluate", { expression: text, ...how });
        return result.value ?? null;
      };
      // What is at hand comes at once: a promise could be lost when the document leaves.
      const told = "(value) => value instanceof Promise ? value.then((value) => ({ value })) : { value }";
      const inScript = `typeof ${globals.api} === "undefined" ? { lacks: true } : (${told})(${expression})`;
      const first = await evaluate(inScript);
      if (!first.lacks) return [first.value ?? null];
      // An empty document that no navigation made runs no document-start script.
      await evaluate(this.world.script);
      return [(await evaluate(inScript)).value ?? null];
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      return [];
    }
  }
}

function framesOf({ frame, childFrames }: Protocol.Page.FrameTree): string[] {
  return [frame.id, ...(childFrames ?? []).flatMap(framesOf)];
}
