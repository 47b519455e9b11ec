import { PassageError } from "@passage/protocol/errors";
import { publicUrl } from "../egress/public-url.ts";
import { browserSignInWanted, navigationFailed, type Reached } from "../page/page.ts";
import type { Load, LoadFailure } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";

export const navigate: Command<"navigate"> = async (context, { url, waitUntil = "load", referer }) => {
  const { page, origins, progress } = context;
  const target = URL.parse(url)?.href;
  if (target === undefined) throw new PassageError("invalid_params", "params.url is not an absolute URL");
  origins.demand(target);
  progress.log(`navigating to ${publicUrl(target)}, until ${waitUntil}`);
  page.network?.forget();
  const load = () => page.webview.load(target, referer);
  const arrived = await page.navigating(target, () => arrive(context, target, waitUntil, load));
  page.firstEntry ??= (await progress.race(page.webview.history())).current;
  return arrived;
};

/**
 * Loads, and waits until the document that comes of it has come that far, within the session's origins.
 * @param target what an error names; null where only the page knows.
 */
export async function arrive(
  { page, origins, progress }: CommandContext,
  target: string | null,
  until: Reached,
  start: () => Promise<Load>,
): Promise<{ url: string; status: number | null }> {
  for (let attempt = 1; ; attempt++) {
    const startedBefore = page.started;
    const downloadsBefore = page.downloads;
    try {
      const load = await progress.race(start());
      if (load.kind === "failed") throw navigationFailed(load.failure, target ?? page.url());
      if (load.kind === "document") await page.until(load.token, until, progress);
      break;
    } catch (error) {
      if (page.wantsBrowserSignIn) throw browserSignInWanted(target ?? page.url());
      if (progress.signal.aborted) await page.webview.stop();
      if (attempt === mostAttempts || !isAborted(error)) throw error;
      const isReplaced = () => page.started - startedBefore > 1;
      await Promise.race([progress.race(page.webview.settled()), page.when(progress, isReplaced)]);
      if (page.downloads > downloadsBefore) throw navigationFailed(download, target ?? page.url());
      if (!isReplaced()) throw error;
      progress.log("the page started a navigation of its own meanwhile; starting again");
      await page.when(progress, () => !page.leaving);
    }
  }
  origins.demand(page.url());
  if (page.wantsBrowserSignIn) throw browserSignInWanted(page.url());
  return { url: page.url(), status: page.status };
}

/** Of a host that reports a download as a load that came to nothing. */
const download: LoadFailure = { reason: "download", detail: "" };

/** A page may start navigations without end. */
const mostAttempts = 3;

function isAborted(error: unknown): boolean {
  return error instanceof PassageError && error.details?.reason === "aborted";
}
