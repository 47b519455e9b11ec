import { readFile } from "node:fs/promises";
import { PassageError } from "@passage/protocol/errors";
import {
  manifestAlgorithm,
  manifestType,
  type OperationManifest,
  operationKey,
  operationManifest,
} from "@passage/protocol/manifest";
import { leafVersion } from "@passage/protocol/reads/leaf";
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { day, newestOf, staleness, stepBack } from "./freshness.ts";
import { builtInAlone, type Trust } from "./trust.ts";

/** The keys of the publisher that this device was built with, as a JWK Set. */
export const builtInPublishers = new URL("../../dist/publishers.json", import.meta.url);

/** A publisher's public key as files and servers have it: a JWK, of which only the point counts, and what is said of it. */
type GivenKey = JWK & {
  readonly name?: string;
  readonly revoked?: boolean | undefined;
  readonly revokedAt?: number | undefined;
};

interface Key {
  readonly jwk: JWK;
  /** Why nothing that it has signed is valid, or null. */
  readonly revoked: string | null;
}

/** Where a session comes from. */
export interface SessionSource {
  /** Its server, such as `https://passage.example`. */
  readonly server: string;
  /** Whether the session can reach nothing but stand-ins on this machine: then any publisher will do. */
  readonly isSandbox: boolean;
}

/** A manifest whose signature and dates hold. */
export interface Verified {
  readonly manifest: OperationManifest;
  /** Of the publisher's key. */
  readonly thumbprint: string;
  /** False for a publisher that only a sandbox may have. */
  readonly isTrusted: boolean;
}

/** Whose manifests this device believes: the publisher that it was built with, and those that its owner has added. */
export class Publishers {
  readonly #keys = new Map<string, Key>();
  readonly #trust: Trust;

  private constructor(trust: Trust) {
    this.#trust = trust;
  }

  /** @param trusted names of files with a publisher's public key, as JWK or JWK Set, besides the built-in one. */
  static async read(
    trusted: readonly string[] = [],
    own: string | URL = builtInPublishers,
    trust: Trust = builtInAlone,
  ): Promise<Publishers> {
    const publishers = new Publishers(trust);
    await publishers.#add(own, "The publisher's key is not built: run `npm run build`, then start again.");
    for (const file of trusted) await publishers.#add(file, `${file} holds no public key as JWK or JWK Set.`);
    for (const key of trust.added) await publishers.#keep(key);
    return publishers;
  }

  /**
   * The manifest that a trusted publisher signed; for a sandbox, one that its server publishes.
   * @throws `manifest_untrusted`, `device_too_old`
   */
  async verify(signed: string, { server, isSandbox }: SessionSource): Promise<Verified> {
    const { kid, typ } = headerOf(signed);
    const trusted = this.#keys.get(kid);
    const key = trusted ?? (isSandbox ? await this.#published(server, kid) : undefined);
    if (!key)
      throw untrusted(
        isSandbox
          ? `It is signed with a key that its server does not publish (thumbprint ${kid}), and that this device does not trust.`
          : `It is signed by a publisher that this device does not trust (thumbprint ${kid}). If you trust whoever runs the server, run: passage trust add ${server}`,
      );
    const refusal = key.revoked ?? (await this.#trust.refusal(kid, server));
    if (refusal) throw untrusted(refusal);
    if (typ !== manifestType) throw untrusted("What is signed is not a manifest.");
    const manifest = await readSigned(signed, key.jwk);
    const stale = staleness(manifest, Date.now() / 1000);
    if (stale) throw untrusted(stale);
    return { manifest, thumbprint: kid, isTrusted: trusted !== undefined };
  }

  /** @throws `manifest_untrusted` when one of them is older than what was accepted before */
  demandNewest(verified: readonly Verified[]): void {
    this.#news(verified);
  }

  /**
   * Notes that a session on real sites goes by these manifests: none of them can be replaced by an older one from now on.
   * Only for what a person has agreed to: what is merely offered must not end a version for all others.
   * @throws as `demandNewest`, and when it cannot be kept
   */
  accept(verified: readonly Verified[]): void {
    for (const { thumbprint, operation, newest } of this.#news(verified)) {
      try {
        this.#trust.accept(thumbprint, operation, newest);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : "it cannot be kept";
        throw untrusted(`This device could not note that it accepts it: ${why}`, cause);
      }
    }
  }

  #news(verified: readonly Verified[]) {
    return verified.map(({ manifest, thumbprint }) => {
      const operation = operationKey(manifest);
      const before = this.#trust.newest(thumbprint, operation);
      const fault = stepBack(manifest, before);
      if (fault) throw untrusted(fault);
      return { thumbprint, operation, newest: newestOf(manifest, before) };
    });
  }

  async #published(server: string, kid: string): Promise<Key | undefined> {
    try {
      const published = await this.#trust.published(server);
      const keys = await Promise.all(published.map(async (one) => [await thumbprintOf(one), keyOf(one)] as const));
      return new Map(keys).get(kid);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : "";
      throw untrusted(
        `This device does not trust its publisher (thumbprint ${kid}), and asked its server. ${why}`,
        cause,
      );
    }
  }

  async #add(file: string | URL, complaint: string): Promise<void> {
    try {
      const read = JSON.parse(await readFile(file, "utf8")) as GivenKey | { keys: GivenKey[] };
      for (const key of "keys" in read ? (read.keys as GivenKey[]) : [read as GivenKey]) await this.#keep(key);
    } catch (cause) {
      throw new Error(complaint, { cause });
    }
  }

  async #keep(given: GivenKey): Promise<void> {
    const thumbprint = await thumbprintOf(given);
    // What one list revokes no other one brings back.
    if (!this.#keys.get(thumbprint)?.revoked) this.#keys.set(thumbprint, keyOf(given));
  }
}

/** The RFC 7638 thumbprint of the key, whatever name it is given. @throws when it is no public key that can sign manifests */
export async function thumbprintOf({ kty, crv, x, y }: JWK): Promise<string> {
  const jwk = { kty, crv, x, y } as JWK;
  await importJWK(jwk, manifestAlgorithm);
  return calculateJwkThumbprint(jwk);
}

function keyOf({ kty, crv, x, y, name = "", revoked, revokedAt }: GivenKey): Key {
  return { jwk: { kty, crv, x, y } as JWK, revoked: revoked ? revocation(name, revokedAt) : null };
}

/** @param revokedAt epoch seconds */
export function revocation(name: string, revokedAt?: number): string {
  const when = revokedAt === undefined ? "" : ` on ${day(revokedAt)}`;
  return `Its publisher's key${name && ` (${name})`} was revoked${when}: the server must be updated.`;
}

async function readSigned(signed: string, key: JWK): Promise<OperationManifest> {
  try {
    const { payload } = await compactVerify(signed, await importJWK(key, manifestAlgorithm), {
      algorithms: [manifestAlgorithm],
    });
    const manifest: unknown = JSON.parse(new TextDecoder().decode(payload));
    demandKnownVersion(manifest as Partial<OperationManifest>);
    const read = operationManifest.safeParse(manifest);
    // A part that this device does not know might be a limit that it would not keep.
    if (read.error?.issues.some(({ code }) => code === "unrecognized_keys")) throw tooOld();
    if (read.error) throw read.error;
    return read.data;
  } catch (cause) {
    if (cause instanceof PassageError) throw cause;
    throw untrusted("Its signature is broken, or it is no manifest that this device can read.", cause);
  }
}

/**
 * A manifest of a version that this device does not know cannot be read in part.
 * @throws `device_too_old` for a newer one; `manifest_untrusted` for one of the kind that had no version, or no dates.
 */
function demandKnownVersion(manifest: { v?: unknown; commands?: unknown; issuedAt?: unknown }): void {
  const { v, commands, issuedAt } = manifest;
  const isKnown = typeof v === "number" && v >= 1 && v <= leafVersion;
  if (isKnown && issuedAt !== undefined) return;
  if (v === undefined && commands === undefined) return;
  if (v === undefined || isKnown)
    throw untrusted(
      "This server's manifest is of an older kind, which this device does not take: the server must be updated.",
    );
  throw tooOld();
}

function tooOld(): PassageError {
  const message = "This session needs a newer version of Passage on this device. Update it, then try again.";
  return new PassageError("device_too_old", message);
}

/** @param why in a plain sentence: the person reads it. */
export function untrusted(why: string, cause?: unknown): PassageError {
  return new PassageError("manifest_untrusted", `This session's list of what it may do cannot be trusted. ${why}`, {
    cause,
  });
}

/** @returns as `kid` a thumbprint's text, or `none`: a server's own words are not shown to the person. */
function headerOf(signed: string): { kid: string; typ: unknown } {
  try {
    const { kid, typ } = decodeProtectedHeader(signed);
    return { kid: typeof kid === "string" && /^[\w-]{43}$/.test(kid) ? kid : "none", typ };
  } catch (cause) {
    throw untrusted("It is not signed.", cause);
  }
}
