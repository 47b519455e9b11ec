import { PassageError } from "@passage/protocol/errors";
import type { Command } from "./command.ts";

export const waitForTimeout: Command<"waitForTimeout"> = async ({ progress }, { timeout }) => {
  await progress.pause(timeout);
  return {};
};

/** Quiet counts from now on: what an earlier command set off may not have begun to load. */
export const waitForNetworkIdle: Command<"waitForNetworkIdle"> = async ({ page, progress }, { idleTime = 500 }) => {
  const { network } = page;
  if (!network) {
    throw new PassageError("unsupported_command", "This device cannot see the page's network; wait for a selector");
  }
  for (;;) {
    progress.blame("timeout", `${network.underWay} request(s) are still under way`);
    const { promise, resolve } = Promise.withResolvers<"active">();
    const stop = network.listen(() => resolve("active"));
    try {
      if (network.underWay > 0) await progress.race(promise);
      else if ((await Promise.race([promise, progress.pause(idleTime)])) !== "active") return {};
    } finally {
      stop();
    }
  }
};
