import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { firstExpiry } from "../session/signed-manifests.ts";
import type { PassageContext } from "./context.ts";

/** What an operator forgot, by name, with what to do. In production only: without a sandbox the server has real users. */
const advice = {
  no_public_url:
    "Set PUBLIC_URL to the https address that people use: links and webhooks name the Host of each request.",
  insecure_public_url: "Set PUBLIC_URL to an https address: claim codes and tokens travel in the clear.",
  manifests_expire:
    "Update the server, or build it anew: what its publisher has signed expires within 30 days, and then devices refuse it.",
  no_client_address: "Set CLIENT_ADDRESS_HEADER: requests come through a proxy, so limits per address do not work.",
} as const;
export type Misconfiguration = keyof typeof advice;
export const misconfigurations = Object.keys(advice) as Misconfiguration[];

/** Those that were seen since this isolate started. */
export const seen = new Set<Misconfiguration>();

/** How long before the manifests expire their operator hears of it. */
const noticeSeconds = 30 * 86_400;

/** Headers with which reverse proxies name the caller. */
const proxyHeaders = ["x-forwarded-for", "x-real-ip", "forwarded"] as const;

/** Warns, once each, of settings that are missing in production. */
export const warnOfMisconfiguration: MiddlewareHandler<PassageContext> = async (c, next) => {
  if (!c.env.SANDBOX_URL) for (const problem of problemsOf(c.env, c.req.raw.headers)) warn(problem);
  await next();
};

function problemsOf({ PUBLIC_URL, CLIENT_ADDRESS_HEADER }: Env, headers: Headers): Misconfiguration[] {
  const isProxied = proxyHeaders.some((name) => headers.has(name));
  return [
    ...(PUBLIC_URL ? [] : (["no_public_url"] as const)),
    ...(PUBLIC_URL?.startsWith("http:") ? (["insecure_public_url"] as const) : []),
    ...(firstExpiry() < Date.now() / 1000 + noticeSeconds ? (["manifests_expire"] as const) : []),
    ...(isProxied && !CLIENT_ADDRESS_HEADER ? (["no_client_address"] as const) : []),
  ];
}

function warn(problem: Misconfiguration): void {
  if (seen.has(problem)) return;
  seen.add(problem);
  log("server.misconfigured", { problem, remedy: advice[problem] });
}
