import { isLoopback } from "@passage/device/loopback";
import type { Offer } from "@passage/device/offer";
import type { Claimed, LinkDetails } from "@passage/protocol/http/claim";
import type { ErrorBody } from "@passage/protocol/http/problem";
import { NoServerError } from "./command.ts";

/** What a person hands to `passage open`: a claim URL, or a bare code and the server it belongs to. */
export interface ClaimTarget {
  readonly server: string;
  readonly code: string;
}

/** @throws with what to do when it is neither a claim code nor a URL that carries one, or when the address is not safe. */
export function readTarget(codeOrUrl: string, server: string): ClaimTarget {
  const url = URL.parse(codeOrUrl);
  const code = url ? url.searchParams.get("code") : codeOrUrl;
  if (!code?.startsWith("clm_"))
    throw new Error(
      "That is not a claim code (clm_…) nor a claim URL (…/claim?code=clm_…). Both come with the created link.",
    );
  const target = { server: url ? url.origin : server, code };
  const { protocol, hostname, host } = new URL(target.server);
  if (protocol !== "https:" && !isLoopback(hostname))
    throw new Error(`Plain http:// is for a server on this machine. Use https://${host} with the same code.`);
  return target;
}

/** What a device needs to take its place in a session. */
export type DevicePlace = Pick<Claimed, "sessionId" | "clientToken" | "websocketUrl" | "expiresAt">;

/** The longest that a session can last (ms): the server ends it earlier, and says so. */
const longestSessionMs = 3_600_000;

/** The place in a developer's session (`POST /v1/sessions`), from `<websocketUrl>?token=<clientToken>`; null for anything else. */
export function readSessionUrl(text: string): DevicePlace | null {
  const url = URL.parse(text);
  if (url?.protocol !== "ws:" && url?.protocol !== "wss:") return null;
  const clientToken = url.searchParams.get("token");
  const sessionId = /\/sessions\/(sess_\w+)\/ws$/.exec(url.pathname)?.[1];
  if (!sessionId || !clientToken?.startsWith("ct_"))
    throw new Error("A session is opened by its websocketUrl and client token: ws://…/sessions/sess_…/ws?token=ct_…");
  const websocketUrl = `${url.origin === "null" ? `${url.protocol}//${url.host}` : url.origin}${url.pathname}`;
  return { sessionId, clientToken, websocketUrl, expiresAt: Date.now() + longestSessionMs };
}

/** Takes the link for this device. */
export function claimLink({ server, code }: ClaimTarget): Promise<Claimed> {
  return ask(server, "/link/claim", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
}

/** What the link will do, as its publisher has signed it: the device asks the person about it, and holds the session to it. */
export async function readOffer({ server, code }: ClaimTarget): Promise<Offer> {
  const details = await ask<LinkDetails>(server, `/link/details?code=${encodeURIComponent(code)}`);
  const { requestedBy, manifests, server: sessionServer, sandbox, status, cancelledAt } = details;
  // Before the person is asked about it. Of the other ends the claim tells: a failed link can be tried again.
  if (status === "expired")
    throw new Error(
      `This link ${cancelledAt === null ? "has expired" : "was cancelled"}. Ask whoever sent it for a new one.`,
    );
  return { server, sessionServer, requestedBy, manifests, sandbox };
}

async function ask<T extends object>(server: string, path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${server}${path}`, init).catch((cause) => {
    throw NoServerError.at(server, cause);
  });
  const body = (await response.json().catch((cause) => {
    throw new Error(`What answers at ${server} is no Passage server: status ${response.status}, no JSON.`, { cause });
  })) as T | ErrorBody;
  if ("error" in body) throw new Error(body.error);
  return body;
}
