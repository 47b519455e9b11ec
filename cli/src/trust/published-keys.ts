import { readFile } from "node:fs/promises";
import { builtInPublishers, thumbprintOf } from "@passage/device/publishers";
import { type PublisherKey, publisherKeys, publishersPath } from "@passage/protocol/http/publishers";
import * as z from "zod";
import { NoServerError } from "../command.ts";

const timeoutMs = 5_000;

/**
 * The publishers' keys at the server's well-known address, each `kid` computed here.
 * @throws {NoServerError} when no server answers @throws in words for the person when what answers is something else
 */
export async function publishedKeys(server: string): Promise<PublisherKey[]> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(`${server}${publishersPath}`, { redirect: "error", signal }).catch((cause) => {
    throw NoServerError.at(server, cause);
  });
  if (!response.ok)
    throw new Error(
      `The server at ${server} publishes no keys (status ${response.status}): it is older than this command, or no Passage server.`,
    );
  return named(await response.text(), `What ${server} publishes is no list of publishers`);
}

/** The keys that this device was built with. */
export async function builtInKeys(): Promise<PublisherKey[]> {
  return named(await readFile(builtInPublishers, "utf8"), "The list of built-in publishers is broken");
}

async function named(text: string, complaint: string): Promise<PublisherKey[]> {
  try {
    const { keys } = publisherKeys.parse(JSON.parse(text));
    return await Promise.all(keys.map(async (key) => ({ ...key, kid: await thumbprintOf(key) })));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : "it is no JSON, or has a key that is none";
    throw new Error(`${complaint}: ${why}`, { cause });
  }
}
