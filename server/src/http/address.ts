import type { Context } from "hono";
import type { PassageContext } from "./context.ts";

/**
 * Where a request comes from, as the name of a bucket: an IPv4 address, or the /64 of an IPv6 one, which is one household.
 * null for this machine itself: that is a developer, or a proxy whose users would all share one bucket. A proxy is
 * believed only in the header that the server was told of.
 */
export function addressOf(c: Context<PassageContext>): string | null {
  const { CLIENT_ADDRESS_HEADER: header } = c.env;
  const told = header ? c.req.header(header) : undefined;
  // The last one is what our own proxy saw; those before it, the caller may have written.
  const address = told?.split(",").at(-1)?.trim() ?? connectionAddress(c.req.raw);
  if (!address || isLoopback(address)) return null;
  return address.includes(":") ? networkOf(address) : address;
}

/** workerd tells the peer as `cf.clientIp`: `127.0.0.1:4711` or `[::1]:4711`. */
function connectionAddress(request: Request): string | null {
  const { clientIp } = (request.cf ?? {}) as { clientIp?: string };
  return clientIp?.replace(/^\[(.+)\](:\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1") ?? null;
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const gap = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  return `${[...left, ...gap, ...right].slice(0, 4).join(":")}::/64`;
}
