import type { Mode } from "@passage/protocol/ids";
import type { Env } from "../env.ts";
import { refuseAddress } from "../organization/webhooks/address.ts";
import { invalid } from "./problem.ts";

/** @throws validation_failed when webhooks of this mode may not go there; the same is looked at again before each attempt. */
export function checkWebhookUrl(env: Env, mode: Mode, path: string, url: string): void {
  const message = refuseAddress(url, { mode, loopback: env.LOOPBACK !== undefined });
  if (message !== null) throw invalid([{ path, message }]);
}
