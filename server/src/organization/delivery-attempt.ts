import type { Mode } from "@passage/protocol/ids";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { type Attempt, isLoopback, send } from "../webhooks/send.ts";
import { signatureHeaders } from "../webhooks/sign.ts";
import type { Delivery } from "./deliveries.ts";

export interface Sender {
  readonly env: Env;
  readonly tag: string;
  readonly mode: Mode;
  readonly key: () => Promise<{ kid: string; privatePem: string }>;
}

/** Signs and sends one delivery. Loopback is reached only by test-mode webhooks, and only where the server binds it. */
export async function deliver(delivery: Delivery, sender: Sender): Promise<Attempt> {
  const { eventId, url, body } = delivery;
  const headers = await signatureHeaders({ ...(await sender.key()), audience: sender.tag, eventId, body }, Date.now());
  const local = sender.mode === "test" && isLoopback(url) ? sender.env.LOOPBACK : undefined;
  const result = await send(url, body, headers, local ?? globalThis);
  const { attempt } = delivery;
  if (result.delivered) log("webhook.delivered", { eventId, attempt, status: result.status });
  else log("webhook.missed", { eventId, attempt, status: result.status, reason: result.error });
  return result;
}
