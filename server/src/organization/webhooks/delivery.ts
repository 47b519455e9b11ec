import { reservedRangeOf } from "@passage/protocol/addresses";
import type { Mode } from "@passage/protocol/ids";
import type { Env } from "../../env.ts";
import { organizationId } from "../../ids.ts";
import { log } from "../../log.ts";
import { count } from "../../metrics.ts";
import { isLoopback, refuseAddress } from "./address.ts";
import { resolvesToReserved } from "./resolve.ts";
import { type Sent, send } from "./send.ts";
import { signatureHeaders } from "./sign.ts";

export interface SignedRequest {
  readonly eventId: string;
  readonly linkId: string | null;
  readonly url: string;
  readonly body: string;
  readonly attempt: number;
  readonly key: { readonly kid: string; readonly privatePem: string };
  readonly secrets: readonly string[];
}

/** Signs and sends one event. Where it may go is looked at again: the address may be older than the server's setting. */
export async function deliver(parcel: SignedRequest, tag: string, mode: Mode, env: Env): Promise<Sent> {
  const { eventId, linkId, url, body, attempt, key, secrets } = parcel;
  const sent = (await isRefused(url, mode, env))
    ? ({ delivered: false, status: null, error: "refused_address", retryAfter: null } as const)
    : await signed();
  count("passage_webhook_attempts_total", { result: sent.delivered ? "delivered" : sent.error });
  if (sent.delivered) log("webhook.delivered", { eventId, linkId, attempt, status: sent.status });
  else log("webhook.missed", { eventId, linkId, attempt, status: sent.status, reason: sent.error });
  return sent;

  async function signed(): Promise<Sent> {
    const headers = await signRequest({ eventId, body, key, secrets }, tag, env);
    // Nothing else is allowed to name loopback, so nothing else gets the network that reaches it.
    return send(url, body, headers, isLoopback(new URL(url)) && env.LOOPBACK ? env.LOOPBACK : globalThis);
  }
}

/** The headers that prove an event, signed now. */
export async function signRequest(
  { eventId, body, key, secrets }: Pick<SignedRequest, "eventId" | "body" | "key" | "secrets">,
  tag: string,
  env: Env,
): Promise<Record<string, string>> {
  const audience = await organizationId(env.PASSAGE_SECRET, tag);
  return signatureHeaders({ ...key, audience, eventId, body, secrets }, Date.now());
}

async function isRefused(url: string, mode: Mode, env: Env): Promise<boolean> {
  if (refuseAddress(url, { mode, loopback: env.LOOPBACK !== undefined }) !== null) return true;
  const { hostname } = new URL(url);
  const isName = reservedRangeOf(hostname) === undefined && !isLoopback(new URL(url));
  if (!env.DNS_OVER_HTTPS || !isName) return false;
  return (await resolvesToReserved(hostname, env.DNS_OVER_HTTPS, globalThis)) !== null;
}
