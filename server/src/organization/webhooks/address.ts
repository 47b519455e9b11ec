import { reservedRangeOf } from "@passage/protocol/addresses";
import type { Mode } from "@passage/protocol/ids";

/** Where webhooks may go. `loopback`: to this machine too, which only test mode in development may. */
export interface Reach {
  readonly mode: Mode;
  readonly loopback: boolean;
}

const ports = ["", "80", "443", "8080", "8443"];
/** Names that no public resolver knows, and that private networks use. */
const privateNames =
  /(^|\.)(internal|local|localhost|localdomain|lan|home|corp|intranet|private|arpa|onion|invalid|test)$/;

/**
 * Why webhooks may not go to this URL, as the end of a sentence; null when they may. Names are looked at here, what they
 * resolve to when the webhook is sent: see {@link resolvesToReserved} and the self-hosted network's deny list.
 */
export function refuseAddress(address: string, { mode, loopback }: Reach): string | null {
  const url = URL.parse(address);
  if (!url || !["https:", "http:"].includes(url.protocol))
    return "must be a valid URL, such as https://example.com/hook";
  if (url.username !== "" || url.password !== "") return "must be a valid URL without a user name or password";
  if (isLoopback(url))
    return loopback && mode === "test" ? null : "must not lead to loopback: only test mode in development may";
  if (mode === "live" && url.protocol !== "https:") return "must begin with https://";
  if (!ports.includes(url.port)) return "must use port 80, 443, 8080 or 8443";
  const range = reservedRangeOf(url.hostname);
  if (range) return `must be a public address, and ${url.hostname} is not (${range})`;
  if (range === null) return null;
  const { hostname } = url;
  if (hostname.endsWith(".")) return "must not have a host that ends in a dot";
  if (!hostname.includes(".") || privateNames.test(hostname)) return "must have a public host name";
  return null;
}

/** Whether the URL names this machine, in any spelling: `new URL()` reads `http://0x7f.1` as `127.0.0.1`. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(.+\.)?localhost\.?$/.test(hostname) || reservedRangeOf(hostname) === "loopback";
}
