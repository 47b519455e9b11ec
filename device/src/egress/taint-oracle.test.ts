import fc from "fast-check";
import { expect, test } from "vitest";
import { alphanumeric, choices, chooser, password, token } from "../../test/arbitraries.ts";
import { type Encoder, encoders } from "../../test/encoders.ts";
import { holds, letters, tolerances } from "../../test/taint-oracle.ts";
import { Secrets } from "./secrets.ts";
import { Taint } from "./taint.ts";
import { looksRandom } from "./token-like.ts";

/** The oracle makes some two thousand texts of each secret, so that the many runs wait for `npm run conformance`. */
const runs = process.env.PASSAGE_TESTS === "conformance" ? 3_000 : 60;
const slow = { timeout: 900_000 };

/** Whether the device's search finds it, and of which length a part of it is enough. */
function search(text: unknown, secret: string): { found: boolean; part: number | null } {
  const secrets = new Secrets();
  secrets.addTyped("the secret", secret);
  const found = new Taint(secrets).find(text, "answer").length > 0;
  const length = letters(secret).length;
  const half = Math.max(8, Math.min(12, Math.ceil(length / 2)));
  return { found, part: looksRandom(secret.trim()) && length >= 12 ? half : null };
}

const encoder = fc.constantFrom(...Object.keys(encoders));
const encode = (name: string) => encoders[name] as Encoder;
const foreign = fc
  .array(fc.constantFrom(..."пароляБГДжщöäÜßéñøłżşğ日本語パスワード한국어"), { minLength: 9, maxLength: 16 })
  .map((all) => all.join(""));
const code = fc.stringMatching(/^[1-9]\d{5}$/);
const secrets = fc.oneof(password, token, foreign);
const noise = fc.oneof(
  fc.constantFrom("", "<p>Your bill: $12.00</p>", '{"ok":true,"n":[1,2]}', "id=5%20x&amp;", "Größe — naïve 12 € "),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.array(alphanumeric, { maxLength: 30 }).map((all) => all.join("")),
);

test("whatever the oracle finds, the search finds", slow, () => {
  let compared = 0;
  const property = fc.property(
    fc.oneof({ weight: 4, arbitrary: secrets }, { weight: 1, arbitrary: code }),
    encoder,
    encoder,
    noise,
    noise,
    choices,
    (secret, outer, inner, before, after, stream) => {
      const choose = chooser(stream);
      const text = `${before} ${encode(outer)(encode(inner)(secret, choose), choose)} ${after}`;
      if (!holds(text, secret)) return;
      compared++;
      expect(search({ text }, secret).found, `${outer} of ${inner}`).toBe(true);
    },
  );
  fc.assert(property, { numRuns: runs });
  expect(compared).toBeGreaterThan(runs / 4);
});

/** Texts that nearly hold a secret: pieces of it, in any case, encoding and order. */
const nearly = (secret: string) =>
  fc
    .array(
      fc.oneof(
        noise,
        fc
          .tuple(fc.nat(secret.length), fc.nat(secret.length), encoder, fc.constantFrom("", " ", "-", ".", "\n", "\0"))
          .map(([from, length, name, sign]) => encode(name)(secret.slice(from, from + length), () => 0) + sign),
        fc.constant(secret.toUpperCase().slice(0, -1)),
        fc.constant(secret.slice(1)),
      ),
      { maxLength: 6 },
    )
    .map((pieces) => pieces.join(""));

test("whatever the search finds, the oracle confirms or a named tolerance explains", slow, () => {
  const explained = new Map<string, number>();
  const property = fc.property(
    secrets.chain((secret) => fc.tuple(fc.constant(secret), nearly(secret))),
    ([secret, text]) => {
      // A key without letters: the last of one may be the secret's first.
      const { found, part } = search({ "-": text }, secret);
      if (!found || holds(text, secret)) return;
      const why = Object.keys(tolerances).find((name) => tolerances[name]?.(text, secret, part));
      expect(why, JSON.stringify({ secret, text })).toBeDefined();
      explained.set(String(why), (explained.get(String(why)) ?? 0) + 1);
    },
  );
  fc.assert(property, { numRuns: 2 * runs });
  expect(explained.size).toBeGreaterThan(0);
});
