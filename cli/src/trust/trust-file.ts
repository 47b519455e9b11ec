import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AcceptedManifest } from "@passage/device/freshness";
import { type PublisherKey, publisherKey } from "@passage/protocol/http/publishers";
import * as z from "zod";
import { configFolder } from "./config-folder.ts";

const seconds = z.number().int();
const knownPublisher = z.object({
  /** With the `kid` that this device computed. */
  key: publisherKey,
  /** Where the owner took it from, as an origin; null for one that this device was built with. */
  server: z.string().nullable(),
  /** Epoch seconds, as all times here. */
  addedAt: seconds,
  /** Since when the owner does not want it any more. It is kept, so that the device goes on refusing it. */
  removedAt: seconds.optional(),
});
export type KnownPublisher = z.infer<typeof knownPublisher>;

const acceptedManifest = z.object({ version: z.number().int(), issuedAt: seconds, content: z.string() });
const contents = z.object({
  publishers: z.array(knownPublisher),
  /** The newest manifest of each operation that was accepted, by the thumbprint of the publisher's key. */
  accepted: z.record(z.string(), z.record(z.string(), acceptedManifest)),
});
type Contents = z.infer<typeof contents>;

/** Where the owner's decisions are kept. */
export function trustPath(): string {
  return join(configFolder(), "publishers.json");
}

/** The publishers that the owner of this device has decided about, and what the device has accepted. For its owner alone: mode 0600. */
export class TrustFile {
  readonly path: string;

  constructor(path = trustPath()) {
    this.path = path;
  }

  /** Those that were removed too. @throws with what to do when the file is not as this class writes it */
  get publishers(): readonly KnownPublisher[] {
    return this.#read().publishers;
  }

  find(thumbprint: string): KnownPublisher | undefined {
    return this.publishers.find(({ key }) => key.kid === thumbprint);
  }

  /** Takes them in, in place of what was kept of the same keys. */
  add(added: readonly KnownPublisher[]): void {
    const ids = new Set(added.map(({ key }) => key.kid));
    this.#change((kept) => ({
      ...kept,
      publishers: [...kept.publishers.filter(({ key }) => !ids.has(key.kid)), ...added],
    }));
  }

  /** Notes what the server that a publisher was taken from says: that its key is revoked. */
  revoke({ kid, revokedAt }: PublisherKey): void {
    const revoked = (one: KnownPublisher): KnownPublisher => ({
      ...one,
      key: { ...one.key, revoked: true, ...(revokedAt !== undefined && { revokedAt }) },
    });
    this.#change((kept) => ({
      ...kept,
      publishers: kept.publishers.map((one) => (one.key.kid === kid && !one.key.revoked ? revoked(one) : one)),
    }));
  }

  newest(thumbprint: string, operation: string): AcceptedManifest | undefined {
    return this.#read().accepted[thumbprint]?.[operation];
  }

  accept(thumbprint: string, operation: string, accepted: AcceptedManifest): void {
    this.#change((kept) => ({
      ...kept,
      accepted: { ...kept.accepted, [thumbprint]: { ...kept.accepted[thumbprint], [operation]: accepted } },
    }));
  }

  #read(): Contents {
    try {
      const text = readFileSync(this.path, "utf8");
      if (process.platform !== "win32" && statSync(this.path).mode & 0o022)
        throw new Error("others can write to it; chmod 600 lets its owner alone");
      return contents.parse(JSON.parse(text));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return { publishers: [], accepted: {} };
      throw new Error(`${this.path}, where trusted publishers are kept, cannot be used: ${whyOf(cause)}.`, { cause });
    }
  }

  /** Read, changed and replaced in one go, so that two commands at once do not undo each other's changes. */
  #change(change: (kept: Contents) => Contents): void {
    const changed = change(this.#read());
    const written = `${this.path}.${process.pid}`;
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      writeFileSync(written, `${JSON.stringify(changed, null, 1)}\n`, { mode: 0o600 });
      renameSync(written, this.path);
    } catch (cause) {
      throw new Error(`${this.path} cannot be written: ${whyOf(cause)}.`, { cause });
    }
  }
}

function whyOf(cause: unknown): string {
  if (cause instanceof z.ZodError) return z.prettifyError(cause);
  return (cause as NodeJS.ErrnoException).code ?? (cause instanceof Error ? cause.message : String(cause));
}
