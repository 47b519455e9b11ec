import { CdpError, type CdpPipe, type CdpSession } from "../browser/pipe.ts";
import type { ChromiumCredentials } from "./credentials.ts";
import { Frames } from "./frames.ts";
import type { World } from "./world.ts";

export interface WindowsOptions {
  readonly pipe: CdpPipe;
  /** The main page, which has its own world. */
  readonly mainTargetId: string;
  readonly world: World;
  readonly credentials: ChromiumCredentials;
  readonly onMessage: (text: string) => void;
}

/** Windows that the page opened: a person can type a secret there too. The page script tells of it; commands never go there. */
export function followWindows(options: WindowsOptions): void {
  const { pipe, mainTargetId } = options;
  pipe.browser.on("Target.targetCreated", async ({ targetInfo: { targetId, type } }) => {
    if (type !== "page" || targetId === mainTargetId) return;
    try {
      const { sessionId } = await pipe.browser.send("Target.attachToTarget", { targetId, flatten: true });
      await enter(pipe.session(sessionId), options);
    } catch (error) {
      // It was gone before the device came to it.
      if (!(error instanceof CdpError)) throw error;
    }
  });
}

async function enter(session: CdpSession, { pipe, world, credentials, onMessage }: WindowsOptions): Promise<void> {
  credentials.follow(session);
  await Promise.all([
    session.send("Page.enable"),
    session.send("Page.setLifecycleEventsEnabled", { enabled: true }),
    session.send("Network.enable"),
    new Frames(pipe, session, world, credentials).follow(onMessage),
  ]);
}
