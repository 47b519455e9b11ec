import { once } from "node:events";
import { createInterface } from "node:readline";
import { isLoopback } from "@passage/device/loopback";
import type { PublisherKey } from "@passage/protocol/http/publishers";
import { exitCodes } from "../command.ts";
import { print, printLine, table, when } from "../print.ts";
import { builtInKeys, publishedKeys } from "./published-keys.ts";
import { type KnownPublisher, TrustFile } from "./trust-file.ts";

/** `trust add`: shows whose keys the server publishes, and takes them in when the owner says so. */
export async function addTrusted(server: string, { yes = false }: { yes?: boolean }): Promise<number> {
  demandPrivate(server);
  const file = new TrustFile();
  const published = await publishedKeys(server);
  for (const key of published) if (key.revoked && file.find(key.kid)?.server === server) file.revoke(key);
  const valid = published.filter(({ revoked }) => !revoked);
  if (valid.length === 0) throw new Error(`${server} publishes no key that is valid.`);
  const known = await knownPublishers(file);
  const isTrusted = ({ kid }: PublisherKey) => known.some((one) => one.key.kid === kid && stateOf(one) === "trusted");
  for (const key of valid) {
    printLine(`${key.name}${isTrusted(key) ? ", which this device trusts already" : ""}`);
    printLine(`  thumbprint ${key.kid}`);
  }
  const strangers = valid.filter((key) => !isTrusted(key));
  if (strangers.length === 0) return exitCodes.done;
  const revoked = strangers.find(({ kid }) => known.some(({ key }) => key.kid === kid && key.revoked));
  if (revoked) throw new Error(`The key of ${revoked.name} was revoked before: it cannot be trusted again.`);
  if (!yes && !(await agrees(server))) {
    printLine("Nothing has changed.");
    return exitCodes.failed;
  }
  file.add(strangers.map((key) => ({ key, server, addedAt: now() })));
  printLine(`This device trusts ${strangers.map(({ name }) => name).join(", ")} from now on.`);
  return exitCodes.done;
}

/** `trust list`: whom this device trusts, the built-in publishers first, and whom not any more. */
export async function listTrusted(options: { json?: boolean }): Promise<number> {
  const publishers = (await knownPublishers(new TrustFile())).map((one) => ({
    name: one.key.name,
    thumbprint: one.key.kid,
    server: one.server,
    state: stateOf(one),
    addedAt: one.addedAt || null,
    endedAt: one.removedAt ?? one.key.revokedAt ?? null,
  }));
  const rows = publishers.map(({ name, thumbprint, server, state, endedAt }) => [
    name,
    server ?? "built in",
    endedAt === null ? state : `${state} ${when(endedAt * 1000)}`,
    thumbprint,
  ]);
  print(options, { publishers }, table(["NAME", "FROM", "STATE", "THUMBPRINT"], rows));
  return exitCodes.done;
}

/** `trust remove`: from now on this device refuses what the publisher signs. */
export async function removeTrusted(nameOrThumbprint: string): Promise<number> {
  const file = new TrustFile();
  const found = (await knownPublishers(file)).filter(
    (one) => one.removedAt === undefined && (one.key.kid === nameOrThumbprint || one.key.name === nameOrThumbprint),
  );
  const [publisher, another] = found;
  if (!publisher)
    throw new Error(`This device trusts no publisher called ${nameOrThumbprint}. See: passage trust list`);
  if (another)
    throw new Error(
      `${found.length} publishers are called ${nameOrThumbprint}. Give the thumbprint: ${found.map(({ key }) => key.kid).join(" or ")}`,
    );
  file.add([{ ...publisher, removedAt: now() }]);
  printLine(`This device refuses what ${publisher.key.name} signs from now on (thumbprint ${publisher.key.kid}).`);
  return exitCodes.done;
}

/** The built-in publishers, as the owner left them, and those that the owner has added. */
async function knownPublishers(file: TrustFile): Promise<KnownPublisher[]> {
  const kept = file.publishers;
  const isKept = ({ kid }: PublisherKey) => kept.some(({ key }) => key.kid === kid);
  const builtIn = (await builtInKeys()).filter((key) => !isKept(key));
  return [...builtIn.map((key) => ({ key, server: null, addedAt: 0 })), ...kept];
}

function stateOf({ key, removedAt }: KnownPublisher): "trusted" | "revoked" | "removed" {
  if (key.revoked) return "revoked";
  return removedAt === undefined ? "trusted" : "removed";
}

/** Whoever can change the answer on its way could have a key of their own trusted. */
function demandPrivate(server: string): void {
  const { protocol, hostname, host } = new URL(server);
  if (protocol !== "https:" && !isLoopback(hostname))
    throw new Error(`Plain http:// is for a server on this machine. Use https://${host}`);
}

async function agrees(server: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Error(
      `Nobody can be asked here. When the thumbprint is the one that the publisher tells you, run: passage trust add ${server} --yes`,
    );
  printLine("What a trusted publisher signs decides what sessions may do on real sites, with your account.");
  printLine("Is the thumbprint the one that the publisher tells you, and do you trust it? [y/N]");
  const lines = createInterface({ input: process.stdin });
  try {
    const [answer] = await Promise.race([once(lines, "line"), once(lines, "close").then(() => [""])]);
    return /^y(es)?$/i.test(String(answer).trim());
  } finally {
    lines.close();
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
