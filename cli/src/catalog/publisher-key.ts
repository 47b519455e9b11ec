import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PublisherKey, publisherKey, publisherKeys } from "@passage/protocol/http/publishers";
import { calculateJwkThumbprint } from "jose";

/** Whoever vouches for manifests: devices of this build trust the public half. */
export interface Publisher {
  readonly privateKey: KeyObject;
  readonly publicJwk: PublisherKey;
  /** Its former keys, which nobody is to trust any more. */
  readonly revoked: readonly PublisherKey[];
}

/**
 * The publisher's key: a P-256 private key in `PASSAGE_PUBLISHER_KEY` (PEM or JWK, or the name of a file that holds
 * one), else one of its own, made once in `.keys/`. Its name is in `PASSAGE_PUBLISHER_NAME`. The keys that it has
 * revoked are in the file that `PASSAGE_REVOKED_KEYS` names, else in `.keys/revoked.json`: as published, with `revoked`.
 * @param root the folder of the clone or the package
 * @param unnamed its name where none is given
 * @throws when a variable or a file holds something else.
 */
export async function readPublisher(root: string, unnamed = "A publisher without a name"): Promise<Publisher> {
  const given = process.env.PASSAGE_PUBLISHER_KEY;
  const privateKey = given ? readKey(given) : ownKey(join(root, ".keys"));
  const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: "jwk" }) as Required<JsonWebKey>;
  const jwk = { kty, crv, x, y };
  const name = process.env.PASSAGE_PUBLISHER_NAME || unnamed;
  const kid = await calculateJwkThumbprint(jwk);
  const publicJwk = publisherKey.parse({ ...jwk, alg: "ES256", use: "sig", kid, name });
  const revoked = readRevoked(process.env.PASSAGE_REVOKED_KEYS || join(root, ".keys/revoked.json"));
  if (revoked.some((one) => one.x === x && one.y === y))
    throw new Error("The publisher's key is among its revoked ones. Give another in PASSAGE_PUBLISHER_KEY.");
  return { privateKey, publicJwk, revoked };
}

function readRevoked(file: string): PublisherKey[] {
  if (!existsSync(file) && !process.env.PASSAGE_REVOKED_KEYS) return [];
  const { keys } = publisherKeys.parse(JSON.parse(readFileSync(file, "utf8")));
  const valid = keys.find(({ revoked }) => !revoked);
  if (valid) throw new Error(`${file} has a key that is not revoked (${valid.kid}).`);
  return keys;
}

function readKey(given: string): KeyObject {
  const key = parseKey(existsSync(given) ? readFileSync(given, "utf8") : given);
  if (key?.asymmetricKeyDetails?.namedCurve === "prime256v1") return key;
  throw new Error(
    "PASSAGE_PUBLISHER_KEY must be a P-256 private key as PEM or JWK, or the name of a file with one. To make one: openssl ecparam -name prime256v1 -genkey -noout",
  );
}

function parseKey(text: string): KeyObject | null {
  try {
    return text.trimStart().startsWith("{")
      ? createPrivateKey({ key: JSON.parse(text), format: "jwk" })
      : createPrivateKey(text);
  } catch {
    // What cannot be read as a key is told by the caller, without the text: it may be half of a key.
    return null;
  }
}

function ownKey(folder: string): KeyObject {
  const file = join(folder, "publisher.pem");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  }
  return createPrivateKey(readFileSync(file, "utf8"));
}
