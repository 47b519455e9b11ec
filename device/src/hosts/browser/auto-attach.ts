import type { Protocol } from "devtools-protocol";
import { CdpError, type CdpPipe, type CdpSession } from "./pipe.ts";

export interface AttachedTarget {
  readonly info: Protocol.Target.TargetInfo;
  readonly sessionId: string;
  readonly session: CdpSession;
  /** Resolves when the target is gone, or has moved to another process. */
  readonly detached: Promise<void>;
}

/**
 * Prepares a target, whose scripts do not run meanwhile, and keeps its session; null leaves the target alone. The target goes
 * on once the promise settles.
 */
export type TakeOver = (target: AttachedTarget) => Promise<unknown> | null;

/**
 * Attaches to the targets below a session as they come: frames, windows, workers and worklets. Chromium holds every one of
 * them at its start, those that a filter leaves out too, and only an attached session can let one go. So there is no filter
 * here: what is not taken over is released and detached, whatever its type.
 */
export async function autoAttach(pipe: CdpPipe, parent: CdpSession, takeOver: TakeOver): Promise<void> {
  const attached = new Map<string, () => void>();
  parent.on("Target.detachedFromTarget", ({ sessionId }) => {
    attached.get(sessionId)?.();
    attached.delete(sessionId);
  });
  parent.on("Target.attachedToTarget", ({ sessionId, targetInfo: info }) => {
    const { promise: detached, resolve } = Promise.withResolvers<void>();
    attached.set(sessionId, resolve);
    const target = { info, sessionId, session: pipe.session(sessionId), detached };
    const prepared = takeOver(target);
    void (prepared ? prepareThenRun(target, prepared) : release(parent, target));
  });
  await parent.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
}

async function prepareThenRun({ session }: AttachedTarget, prepared: Promise<unknown>): Promise<void> {
  try {
    await prepared;
  } catch (error) {
    // It went while it came.
    if (!(error instanceof CdpError)) throw error;
  } finally {
    await run(session);
  }
}

async function release(parent: CdpSession, { sessionId, session }: AttachedTarget): Promise<void> {
  await run(session);
  await parent.send("Target.detachFromTarget", { sessionId }).catch(() => {});
}

/** Fails for a target that is gone, and for one that has no scripts. */
async function run(session: CdpSession): Promise<void> {
  await session.send("Runtime.runIfWaitingForDebugger").catch(() => {});
}
