import { setTimeout } from "node:timers/promises";
import type { CdpPipe, CdpSession } from "./pipe.ts";

const closingMs = 5_000;
const askAgainMs = 20;

/** The page that the browser opened with. */
export interface FirstPage {
  readonly pipe: CdpPipe;
  readonly session: CdpSession;
  /** Of the page and of its main frame. */
  readonly id: string;
  readonly userAgent: string;
}

export async function attachToFirstPage(pipe: CdpPipe, onDetached: () => void): Promise<FirstPage> {
  const { browser } = pipe;
  const [{ userAgent }, id] = await Promise.all([browser.send("Browser.getVersion"), firstPage(browser)]);
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId: id, flatten: true });
  browser.on("Target.detachedFromTarget", (event) => {
    if (event.sessionId === sessionId) onDetached();
  });
  return { pipe, session: pipe.session(sessionId), id, userAgent };
}

async function firstPage(browser: CdpSession): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  browser.on("Target.targetCreated", ({ targetInfo }) => {
    if (targetInfo.type === "page") resolve(targetInfo.targetId);
  });
  await browser.send("Target.setDiscoverTargets", { discover: true });
  return promise;
}

/**
 * Closes every window but the first, those that the site has opened; returns whether they are gone. Chromium takes a close and
 * forgets it when it meets the commit of a navigation (crbug.com/536385539), so that it is asked until they are.
 */
export async function closeOtherWindows({ pipe, id }: FirstPage): Promise<boolean> {
  for (const deadline = performance.now() + closingMs; ; await setTimeout(askAgainMs)) {
    const { targetInfos } = await pipe.browser.send("Target.getTargets");
    const others = targetInfos.filter(({ type, targetId }) => type === "page" && targetId !== id);
    if (others.length === 0) return true;
    if (performance.now() > deadline) return false;
    await Promise.all(
      others.map(({ targetId }) => pipe.browser.send("Target.closeTarget", { targetId }).catch(() => null)),
    );
  }
}
