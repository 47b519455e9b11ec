import { PassageError } from "@passage/protocol/errors";
import { publicUrl } from "../egress/public-url.ts";
import { navigationFailed } from "../page.ts";
import type { Command } from "./command.ts";

export const navigate: Command<"navigate"> = async ({ page, origins, progress }, { url, waitUntil = "load" }) => {
  const target = URL.parse(url)?.href;
  if (target === undefined) throw new PassageError("invalid_params", "params.url is not an absolute URL");
  origins.demand(target);
  progress.log(`navigating to ${publicUrl(target)}, until ${waitUntil}`);
  try {
    const load = await progress.race(page.webview.load(target));
    if (load.kind === "failed") throw navigationFailed(load.failure, target);
    if (load.kind === "document") await page.until(load.token, waitUntil, progress);
  } catch (error) {
    if (progress.signal.aborted) await page.webview.stop();
    throw error;
  }
  origins.demand(page.url());
  return { url: page.url(), status: page.status };
};
