import type { Context } from "hono";
import { refuseAddress } from "../webhooks/address.ts";
import type { PassageContext } from "./context.ts";
import { invalid } from "./problem.ts";

/** @throws validation_failed when the caller's webhooks may not go there; the same is looked at again before each attempt. */
export function checkWebhookUrl(c: Context<PassageContext>, path: string, url: string): void {
  const message = refuseAddress(url, { mode: c.get("caller").mode, loopback: c.env.LOOPBACK !== undefined });
  if (message !== null) throw invalid([{ path, message }]);
}
