import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Encoder, encoders } from "../../test/encoders.ts";
import { Secrets } from "./secrets.ts";
import { Taint } from "./taint.ts";

function watching(...values: string[]): Taint {
  const secrets = new Secrets();
  for (const value of values) secrets.addTyped("the secret", value);
  return new Taint(secrets);
}
const finds = (taint: Taint, payload: unknown) => taint.find(payload, "answer", { again: true }).length > 0;

const alphanumeric = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
const password = fc
  .tuple(
    fc.array(alphanumeric, { minLength: 8, maxLength: 20 }),
    fc.array(fc.constantFrom(..."!@#$%^&*()-_=+[]{};:'\"\\|,.<>/?`~ "), { maxLength: 4 }),
  )
  .chain(([letters, signs]) =>
    fc.shuffledSubarray([...letters, ...signs], { minLength: letters.length + signs.length }),
  )
  .map((characters) => characters.join("").trim())
  .filter((text) => text.replace(/[^A-Za-z0-9]/g, "").length >= 8);
const token = fc.uint8Array({ minLength: 18, maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("base64url"));
const surroundings = fc.constantFrom(
  "",
  "<p class=row>Your bill of $12.00 is due&nbsp;on 2026-11-21</p>",
  '{"ok":true,"items":[1,2,3]} ',
  "https://account.example/billing?id=5%20x ",
  "Größe — naïve: 12 € ",
);
const choices = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));

function chooser(stream: Iterable<number>): () => number {
  const iterator = stream[Symbol.iterator]();
  return () => iterator.next().value ?? 0;
}

const names = Object.keys(encoders);

describe("a secret is found", () => {
  test.each(names)("%s", (name) => {
    const encode = encoders[name] as Encoder;
    fc.assert(
      fc.property(fc.oneof(password, token), surroundings, surroundings, choices, (secret, before, after, stream) => {
        expect(finds(watching(secret), { html: `${before} ${encode(secret, chooser(stream))} ${after}` })).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.each(names)("%s of any other encoding", (outer) => {
    const encode = encoders[outer] as Encoder;
    fc.assert(
      fc.property(fc.oneof(password, token), fc.constantFrom(...names), choices, (secret, inner, stream) => {
        const choose = chooser(stream);
        const leak = encode((encoders[inner] as Encoder)(secret, choose), choose);
        if (!finds(watching(secret), { value: ["ok", leak] }))
          throw new Error(`${outer} of ${inner}: ${secret} as ${leak}`);
      }),
      { numRuns: 150 },
    );
  });
});
