import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operationKey } from "@passage/protocol/manifest";
import { providers } from "@passage/providers/catalog";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readPublisher } from "../cli/src/catalog/publisher-key.ts";
import { buildTime, manifestOf } from "../cli/src/catalog/signing.ts";
import { Publishers } from "../device/src/mandate/publishers.ts";
import { buildCatalog } from "./build-catalog.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "passage-sign-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const issuedAt = buildTime();
const source = { server: "https://passage.example", isSandbox: false };
const signed = (): Record<string, string> =>
  JSON.parse(readFileSync(join(root, "providers/dist/manifests.json"), "utf8"));

test("every operation of the catalog has a manifest, which devices of the same build believe", async () => {
  await buildCatalog(root, issuedAt);
  const devices = await Publishers.read([], join(root, "device/dist/publishers.json"));
  const expected = providers.flatMap((provider) =>
    provider.operations.map((one) => manifestOf(provider, one, issuedAt)),
  );
  expect(Object.keys(signed())).toEqual(expected.map(operationKey));
  for (const manifest of expected)
    expect(await devices.verify(signed()[operationKey(manifest)] ?? "", source)).toMatchObject({ manifest });
  expect(readFileSync(join(root, "device/dist/publishers.json"), "utf8")).not.toContain('"d"');
});

test("a clone makes its key once, for its owner's eyes", async () => {
  const [first, second] = [await readPublisher(root), await readPublisher(root)];
  expect(second.publicJwk).toEqual(first.publicJwk);
  expect(statSync(join(root, ".keys/publisher.pem")).mode & 0o777).toBe(0o600);
});

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = (key: KeyObject, type: "pkcs8" | "sec1") => key.export({ type, format: "pem" }) as string;
const file = (text: string) => {
  writeFileSync(join(root, "key"), text);
  return join(root, "key");
};

test.each([
  ["PKCS#8", () => pem(privateKey, "pkcs8")],
  ["what openssl ecparam writes", () => pem(privateKey, "sec1")],
  ["a JWK", () => JSON.stringify(privateKey.export({ format: "jwk" }))],
  ["a file", () => file(pem(privateKey, "pkcs8"))],
])("the publisher's own key comes as %s", async (_name, given) => {
  vi.stubEnv("PASSAGE_PUBLISHER_KEY", given());
  const { x, y } = privateKey.export({ format: "jwk" });
  expect((await readPublisher(root)).publicJwk).toMatchObject({ x, y, kid: expect.any(String) });
});

test.each([
  ["a word", () => "hush-hush"],
  ["another curve", () => pem(generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey, "pkcs8")],
  ["a key of RSA", () => pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey, "pkcs8")],
  ["half a JWK", () => '{"kty":"EC","d":"hush-hush"}'],
])("%s is refused, and not repeated", async (_name, given) => {
  vi.stubEnv("PASSAGE_PUBLISHER_KEY", given());
  const error = await readPublisher(root).catch((refused) => refused);
  expect(error.message).toMatch(/must be a P-256 private key/);
  expect(error.message).not.toContain("hush");
});

test("manifests are dated when they are signed, or by SOURCE_DATE_EPOCH, and valid for half a year", async () => {
  vi.stubEnv("SOURCE_DATE_EPOCH", "1790000000");
  await buildCatalog(root);
  for (const one of Object.values(signed())) {
    const [, payload = ""] = one.split(".");
    const manifest = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(manifest).toMatchObject({ issuedAt: 1_790_000_000, expiresAt: 1_790_000_000 + 180 * 86_400 });
  }
});

test("the server publishes what devices of the build trust: the key with its name, and the keys that were revoked", async () => {
  vi.stubEnv("PASSAGE_PUBLISHER_NAME", "Acme Bank");
  const { publicJwk: former } = await readPublisher(root);
  rmSync(join(root, ".keys/publisher.pem"));
  const revoked = { ...former, revoked: true, revokedAt: 1_790_000_000 };
  writeFileSync(join(root, ".keys/revoked.json"), JSON.stringify({ keys: [revoked] }));
  const { publishers } = await import(await buildCatalog(root));
  const { publicJwk } = await readPublisher(root);
  expect(publicJwk).toMatchObject({ name: "Acme Bank" });
  expect(publishers).toEqual({ keys: [publicJwk, revoked] });
  expect(JSON.parse(readFileSync(join(root, "device/dist/publishers.json"), "utf8"))).toEqual(publishers);
});

test("nothing is signed with a revoked key, and no valid key is listed as revoked", async () => {
  const { publicJwk } = await readPublisher(root);
  const list = join(root, "revoked.json");
  vi.stubEnv("PASSAGE_REVOKED_KEYS", list);
  await expect(buildCatalog(root)).rejects.toThrow("no such file");
  writeFileSync(list, JSON.stringify({ keys: [publicJwk] }));
  await expect(buildCatalog(root)).rejects.toThrow("has a key that is not revoked");
  writeFileSync(list, JSON.stringify({ keys: [{ ...publicJwk, revoked: true }] }));
  await expect(buildCatalog(root)).rejects.toThrow("is among its revoked ones");
});
