import { isLoopback } from "@passage/device/loopback";
import { type Finding, fault, ok, warning } from "../doctor/finding.ts";

/** What an operator has set for a server in production. */
export interface ProductionSettings {
  readonly publicUrl: string | null;
  /** `CLIENT_ADDRESS_HEADER`. */
  readonly addressHeader: string | null;
}

/** What is wrong with the settings of a server in production. A fault keeps it from starting. */
export function checkProduction({ publicUrl, addressHeader }: ProductionSettings): Finding[] {
  const findings = [checkPublicUrl(publicUrl)];
  // The server itself speaks plain HTTP: where people reach it by https, a proxy stands before it.
  const isBehindProxy = publicUrl?.startsWith("https:") ?? false;
  if (addressHeader !== null) findings.push(ok("client address", `is read from ${addressHeader}`));
  else if (isBehindProxy)
    findings.push(
      warning(
        "client address",
        "CLIENT_ADDRESS_HEADER is not set, so everybody has the address of the reverse proxy and one rate limit",
        "Set CLIENT_ADDRESS_HEADER to a header that the proxy overwrites, such as X-Real-IP: see deploy/nginx.conf.",
      ),
    );
  return findings;
}

function checkPublicUrl(publicUrl: string | null): Finding {
  const about = "public URL";
  const advice = "Set PUBLIC_URL or --public-url to the https address where people reach the server.";
  if (publicUrl === null)
    return warning(
      about,
      "PUBLIC_URL is not set, so links get the address of the request that made them, and devices refuse plain http",
      advice,
    );
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === "https:") return ok(about, publicUrl);
  if (isLoopback(hostname)) return warning(about, `${publicUrl} is reached from this machine only`, advice);
  return fault(
    about,
    `${publicUrl} is plain http, which devices refuse: claim codes would cross the network in the clear`,
    advice,
  );
}
