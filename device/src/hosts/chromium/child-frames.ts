import type { ChildFrame, ChildFrames } from "../../webview.ts";
import { CdpError, type CdpSession } from "../browser/pipe.ts";
import type { Frames } from "./frames.ts";
import { IsolatedWorld, type World } from "./world.ts";

/** A frame, with the session of the process that it is in. */
interface Entered extends ChildFrame {
  readonly session: CdpSession;
  readonly isolated: IsolatedWorld;
}

/** Frames of other origins, in the page's process or in one of their own, as selectors enter them. */
export class EnteredFrames implements ChildFrames {
  readonly #frames: Frames;
  readonly #session: CdpSession;
  readonly #main: IsolatedWorld;
  readonly #world: World;

  constructor(frames: Frames, session: CdpSession, main: IsolatedWorld, world: World) {
    this.#frames = frames;
    this.#session = session;
    this.#main = main;
    this.#world = world;
  }

  async enter(parent: ChildFrame | null, elementExpression: string): Promise<ChildFrame | null> {
    const outer = parent as Entered | null;
    const session = outer?.session ?? this.#session;
    try {
      const objectId = await (outer?.isolated ?? this.#main).reference(elementExpression);
      if (!objectId) return null;
      const { node } = await session.send("DOM.describeNode", { objectId });
      await session.send("Runtime.releaseObject", { objectId });
      return node.frameId ? this.#entered(node.frameId, session) : null;
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      return null;
    }
  }

  #entered(frameId: string, outer: CdpSession): Entered {
    const session = this.#frames.sessionOf(frameId) ?? outer;
    const isolated = new IsolatedWorld(session, frameId, this.#world);
    return {
      session,
      isolated,
      call: (name, args) => isolated.call(name, args),
      evaluate: (expression) => isolated.evaluate(expression),
    };
  }
}
