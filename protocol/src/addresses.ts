/**
 * Address ranges that are not the public internet, with what they are. The server refuses webhook URLs that name one, and the
 * self-hosted network refuses to connect to one whatever name led there. From IANA's special-purpose registries, and
 * Azure's wire server, which has a public address and answers with credentials.
 */
export const reservedRanges: Readonly<Record<string, string>> = {
  "0.0.0.0/8": "this host",
  "10.0.0.0/8": "private",
  "100.64.0.0/10": "carrier-grade NAT",
  "127.0.0.0/8": "loopback",
  "168.63.129.16/32": "cloud metadata",
  "169.254.0.0/16": "link-local",
  "172.16.0.0/12": "private",
  "192.0.0.0/24": "protocol assignments",
  "192.0.2.0/24": "documentation",
  "192.88.99.0/24": "6to4 relay",
  "192.168.0.0/16": "private",
  "198.18.0.0/15": "benchmarking",
  "198.51.100.0/24": "documentation",
  "203.0.113.0/24": "documentation",
  "224.0.0.0/4": "multicast",
  "240.0.0.0/4": "reserved",
  "::/128": "this host",
  "::1/128": "loopback",
  "::ffff:0:0/96": "an IPv4 address inside IPv6",
  "64:ff9b::/96": "NAT64",
  "64:ff9b:1::/48": "NAT64",
  "2001::/23": "protocol assignments, Teredo among them",
  "2001:db8::/32": "documentation",
  "2002::/16": "6to4",
  "3fff::/20": "documentation",
  "fc00::/7": "private",
  "fe80::/10": "link-local",
  "ff00::/8": "multicast",
  // What is left outside 2000::/3, the only space of global unicast.
  "::/3": "not public",
  "4000::/2": "not public",
  "8000::/1": "not public",
};

/**
 * What an IP address is when it is not public (`loopback`, `private`, …); null for a public one. Takes the spelling that
 * `new URL()` gives a host: dotted decimal, or IPv6 in brackets. Undefined when it is a name and no address.
 */
export function reservedRangeOf(host: string): string | null | undefined {
  const address = parseAddress(host);
  if (!address) return undefined;
  const range = ranges.find(
    ({ bits, value, prefix }) => bits === address.bits && (address.value ^ value) >> BigInt(bits - prefix) === 0n,
  );
  return range?.what ?? null;
}

interface Address {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

const ranges = Object.entries(reservedRanges).map(([cidr, what]) => {
  const [text = "", prefix] = cidr.split("/");
  const address = parseAddress(text.includes(":") ? `[${text}]` : text) as Address;
  return { ...address, prefix: Number(prefix), what };
});

function parseAddress(host: string): Address | null {
  if (/^\d+(\.\d+){3}$/.test(host)) return { value: joined(host.split(".").map(Number), 8), bits: 32 };
  const inside = /^\[([0-9a-f:]+)\]$/.exec(host)?.[1];
  if (inside === undefined) return null;
  const [head = "", tail] = inside.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? [] : new Array<number>(8 - before.length - after.length).fill(0);
  return { value: joined([...before, ...zeros, ...after], 16), bits: 128 };
}

function joined(parts: readonly number[], bits: number): bigint {
  return parts.reduce((value, part) => (value << BigInt(bits)) | BigInt(part), 0n);
}
