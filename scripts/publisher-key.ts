import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { calculateJwkThumbprint, type JWK } from "jose";

/** Whoever vouches for manifests: devices of this build trust the public half. */
export interface Publisher {
  readonly privateKey: KeyObject;
  /** With `kid`, the key's RFC 7638 thumbprint. */
  readonly publicJwk: JWK;
}

/**
 * The publisher's key: a P-256 private key in `PASSAGE_PUBLISHER_KEY` (PEM or JWK, or the name of a file that holds
 * one), else one of this clone's own, made once in `.keys/`.
 * @throws when the variable holds something else.
 */
export async function readPublisher(root: string): Promise<Publisher> {
  const given = process.env.PASSAGE_PUBLISHER_KEY;
  const privateKey = given ? readKey(given) : ownKey(join(root, ".keys"));
  const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: "jwk" }) as Required<JsonWebKey>;
  const jwk = { kty, crv, x, y };
  return { privateKey, publicJwk: { ...jwk, alg: "ES256", use: "sig", kid: await calculateJwkThumbprint(jwk) } };
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
