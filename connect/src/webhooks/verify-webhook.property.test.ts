import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PassageError, verifyWebhook } from "../index.ts";
import { vector } from "../testing/vector.ts";

const options = {
  publicKeyUrl: "https://passage.example/webhook_verification_key/get",
  fetch: async (_: string, init: RequestInit) =>
    JSON.parse(String(init.body)).key_id === vector.kid
      ? Response.json({ key_id: vector.kid, key: vector.publicKey, algorithm: "ES256" })
      : Response.json({ error: "Key not found", code: "not_found" }, { status: 404 }),
};
const bytes = new TextEncoder().encode(vector.body);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: vector.iat * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const verify = (token: string, body: Uint8Array) =>
  verifyWebhook({ headers: { "X-Passage-Signature": token }, body }, options);

const flip = (from: Uint8Array, bit: number) => {
  const flipped = Uint8Array.from(from);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
};

const expectRefusal = (token: string, body: Uint8Array) =>
  verify(token, body).then(
    () => expect.unreachable("it was accepted"),
    (error) => expect(error).toBeInstanceOf(PassageError),
  );

test("the fixed vector is accepted", async () => {
  expect(await verify(vector.token, bytes)).toMatchObject({ id: "evt_vector", result: { note: "café ☕" } });
});

test("any flipped bit of the body is body_mismatch", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
      await expect(verify(vector.token, flip(bytes, bit))).rejects.toMatchObject({ code: "body_mismatch" });
    }),
    { numRuns: 300 },
  );
});

test("any flipped bit of the token's text is refused", async () => {
  const token = new TextEncoder().encode(vector.token);
  for (let bit = 0; bit < token.length * 8; bit++) {
    await expectRefusal(new TextDecoder("latin1").decode(flip(token, bit)), bytes);
  }
});

test("any flipped bit of a decoded part is refused", async () => {
  const parts = vector.token.split(".");
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(), async (at, seed) => {
      const decoded = Buffer.from(parts[at] ?? "", "base64url");
      const changed = Buffer.from(flip(decoded, seed % (decoded.length * 8))).toString("base64url");
      await expectRefusal(parts.with(at, changed).join("."), bytes);
    }),
    { numRuns: 300 },
  );
});

test("any other text for a token or body is refused with a PassageError", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 200 }), async (text, body) => {
      await expectRefusal(text, body);
      await expectRefusal(vector.token, body);
      await expectRefusal(`${text}.${text}.${text}`, bytes);
    }),
    { numRuns: 200 },
  );
});
