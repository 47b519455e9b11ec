import { reservedRangeOf } from "@passage/protocol/addresses";

const addressTypes = { A: 1, AAAA: 28 } as const;

/**
 * Asks a DNS-over-HTTPS resolver (the JSON form that Cloudflare and Google serve) what a name leads to, and returns what
 * the first address is that is not public; null when all are, or the name does not exist. For the network deployment,
 * where nothing can be asked of the connection itself; a name may still resolve otherwise a moment later.
 *
 * @throws when the resolver does not answer
 */
export async function resolvesToReserved(
  hostname: string,
  resolver: string,
  network: Pick<Fetcher, "fetch">,
): Promise<string | null> {
  const answers = Object.entries(addressTypes).map(async ([type, number]) => {
    const query = new URLSearchParams({ name: hostname, type });
    const response = await network.fetch(`${resolver}?${query}`, {
      headers: { accept: "application/dns-json" },
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`The resolver answered ${response.status}`);
    const { Answer = [] } = await response.json<{ Answer?: { type: number; data: string }[] }>();
    return Answer.filter((one) => one.type === number).map((one) => one.data);
  });
  for (const address of (await Promise.all(answers)).flat()) {
    const { hostname: host } = new URL(`http://${address.includes(":") ? `[${address}]` : address}`);
    const range = reservedRangeOf(host);
    if (range !== null) return range ?? "no address";
  }
  return null;
}
