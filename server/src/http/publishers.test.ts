import { readFileSync } from "node:fs";
import { publisherKeys, publishersPath } from "@passage/protocol/http/publishers";
import { operationKey } from "@passage/protocol/manifest";
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from "jose";
import { expect, test } from "vitest";
import { claim, createLink, request } from "../../../test/harness/api.ts";
import { asOperator, newKey } from "../../../test/harness/operator.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
const built = publisherKeys.parse(JSON.parse(readFileSync("device/dist/publishers.json", "utf8")));

test("everybody may read whose keys sign, and everybody reads the same: the keys of this build", async () => {
  const live = await newKey(passage, { mode: "live" });
  const reader = await newKey(passage, { scopes: ["links:read"] });
  const { linkId, claimCode } = await createLink(passage);
  const { clientToken } = await claim(passage, claimCode);
  for (const key of [null, passage.testKey, live.key, reader.key, clientToken, claimCode, linkId, "psg_test_forged"]) {
    const { status, body, headers } = await request(passage, "GET", publishersPath, undefined, { key });
    expect({ status, body }, String(key)).toEqual({ status: 200, body: built });
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
  expect(await asOperator(passage, "GET", publishersPath)).toMatchObject({ status: 200, body: built });
});

test("nobody changes it", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const answer = await request(passage, method, publishersPath, {});
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe("GET");
  }
});

test("what it publishes verifies what it shows to devices, each key under its own thumbprint", async () => {
  const { body } = await request(passage, "GET", publishersPath);
  const keys = new Map(publisherKeys.parse(body).keys.map((key) => [key.kid, key]));
  for (const [kid, { kty, crv, x, y }] of keys) expect(await calculateJwkThumbprint({ kty, crv, x, y })).toBe(kid);
  const manifests: Record<string, string> = JSON.parse(readFileSync("providers/dist/manifests.json", "utf8"));
  for (const [name, signed] of Object.entries(manifests)) {
    const key = keys.get(decodeProtectedHeader(signed).kid ?? "");
    const { payload } = await compactVerify(signed, await importJWK(key ?? {}, "ES256"));
    expect(operationKey(JSON.parse(new TextDecoder().decode(payload)))).toBe(name);
  }
});

test("it is fetched in bursts, and not counted", async () => {
  const headers = { "x-forwarded-for": "203.0.113.9" };
  const ask = () => request(passage, "GET", publishersPath, undefined, { key: null, headers });
  const answers = await Promise.all(Array.from({ length: 80 }, ask));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});
