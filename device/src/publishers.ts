import { readFile } from "node:fs/promises";
import { PassageError } from "@passage/protocol/errors";
import { manifestAlgorithm, manifestType, type OperationManifest, operationManifest } from "@passage/protocol/manifest";
import { leafVersion } from "@passage/protocol/reads/leaf";
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";

const built = new URL("../dist/publishers.json", import.meta.url);

/** Whose manifests this device believes: the publisher that it was built with, and those that its owner has added. */
export class Publishers {
  readonly #keys = new Map<string, JWK>();

  /** @param trusted names of files with a publisher's public key, as JWK or JWK Set, besides the built-in one. */
  static async read(trusted: readonly string[] = [], own: string | URL = built): Promise<Publishers> {
    const publishers = new Publishers();
    await publishers.#add(own, "The publisher's key is not built: run `npm run build`, then start again.");
    for (const file of trusted) await publishers.#add(file, `${file} holds no public key as JWK or JWK Set.`);
    return publishers;
  }

  /**
   * The manifest that a trusted publisher signed.
   * @throws `manifest_untrusted`, `device_too_old`
   */
  async verify(signed: string): Promise<OperationManifest> {
    const { kid, typ } = headerOf(signed);
    const key = this.#keys.get(kid);
    if (!key) throw untrusted(`It is signed with a key that this device does not trust (${kid.slice(0, 64)}).`);
    if (typ !== manifestType) throw untrusted("What is signed is not a manifest.");
    try {
      const { payload } = await compactVerify(signed, await importJWK(key, manifestAlgorithm), {
        algorithms: [manifestAlgorithm],
      });
      const manifest: unknown = JSON.parse(new TextDecoder().decode(payload));
      demandKnownVersion(manifest as { v?: unknown });
      return operationManifest.parse(manifest);
    } catch (cause) {
      if (cause instanceof PassageError) throw cause;
      throw untrusted("Its signature is broken, or it is no manifest that this device can read.", cause);
    }
  }

  async #add(file: string | URL, complaint: string): Promise<void> {
    try {
      const read = JSON.parse(await readFile(file, "utf8")) as JWK | { keys: JWK[] };
      for (const { kty, crv, x, y } of "keys" in read ? (read.keys as JWK[]) : [read as JWK]) {
        const jwk = { kty, crv, x, y } as JWK;
        await importJWK(jwk, manifestAlgorithm);
        this.#keys.set(await calculateJwkThumbprint(jwk), jwk);
      }
    } catch (cause) {
      throw new Error(complaint, { cause });
    }
  }
}

/**
 * A manifest of a version that this device does not know cannot be read in part.
 * @throws `device_too_old` for a newer one; `manifest_untrusted` for one of the kind that had no version.
 */
function demandKnownVersion(manifest: { v?: unknown; commands?: unknown }): void {
  const { v, commands } = manifest;
  if (v === leafVersion) return;
  if (v === undefined && commands === undefined) return;
  if (v === undefined)
    throw untrusted(
      "This server's manifest is of an older kind, which this device does not take: the server must be updated.",
    );
  throw new PassageError(
    "device_too_old",
    "This session needs a newer version of Passage on this device. Update it, then try again.",
  );
}

/** @param why in a plain sentence: the person reads it. */
export function untrusted(why: string, cause?: unknown): PassageError {
  return new PassageError("manifest_untrusted", `This session's list of what it may do cannot be trusted. ${why}`, {
    cause,
  });
}

function headerOf(signed: string): { kid: string; typ: unknown } {
  try {
    const { kid, typ } = decodeProtectedHeader(signed);
    return { kid: typeof kid === "string" ? kid : "none", typ };
  } catch (cause) {
    throw untrusted("It is not signed.", cause);
  }
}
