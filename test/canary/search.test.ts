import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { encoders } from "../../device/test/encoders.ts";
import { listed, mint, typedPlaces } from "./canaries.ts";
import { leaks } from "./search.ts";

const canaries = listed("a form", mint());
const half = () => 0.4;
const answer = (text: unknown, id = "c1") => JSON.stringify({ type: "client.command_response", id, result: { text } });
const places = (messages: string[]) =>
  leaks(canaries, [{ name: "frames", messages }]).map(({ canary }) => canary.place);

/** Letters in other forms are the device's search's own matter: no site of the matrix writes them. */
const inOtherLetters = ["wide letters", "bold letters", "with marks", "NFC"];

test.each(Object.entries(encoders).filter(([name]) => !inOtherLetters.includes(name)))(
  "finds every canary in %s",
  (_name, encode) => {
    for (const canary of canaries) {
      const found = places([answer(`before ${encode(canary.value, half)} after`)]);
      expect(found, `${canary.place}: ${encode(canary.value, half)}`).toContain(canary.place);
    }
  },
);

const nested = ["json \\u", "url in full", "base64", "base64url", "hex", "reversed"] as const;
test.each(nested.flatMap((outer) => nested.map((inner) => [outer, inner] as const)))(
  "finds %s of %s",
  (outer, inner) => {
    for (const canary of canaries) {
      const text = encoders[outer]?.(encoders[inner]?.(canary.value, half) ?? "", half);
      expect(places([answer(text)]), `${canary.place}: ${text}`).toContain(canary.place);
    }
  },
);

describe("finds a canary that is split", () => {
  test.each(typedPlaces)("over messages, two characters each: %s", (place) => {
    const { value } = canaries.find((one) => one.place === place) ?? { value: "" };
    const parts = value.match(/.{1,2}/gs) ?? [];
    expect(places(parts.map((part, index) => answer(part, `c${index}`)))).toContain(place);
  });

  test.each(typedPlaces)("over fields, names of fields too: %s", (place) => {
    const { value } = canaries.find((one) => one.place === place) ?? { value: "" };
    expect(places([answer([...value])])).toContain(place);
    expect(places([answer({ [value]: 1 })])).toContain(place);
  });
});

test("finds nothing where there is nothing", () => {
  const noise = Array.from({ length: 200 }, (_, index) =>
    answer(
      `${randomBytes(300).toString("base64")} ${randomBytes(60).toString("hex")} ${JSON.stringify(mint())}`,
      `c${index}`,
    ),
  );
  expect(leaks(canaries, [{ name: "frames", messages: noise }])).toEqual([]);
});

test("a code's digits that meet in the ledger's head are no leak; in any other hash they are", () => {
  const head = "2065005515836d1cab5ee040bb1d57de3ad998b8d5f4aaa446a9cda496ab03f1";
  const code = { form: "a form", place: "code", value: "544469" } as const;
  const found = (message: object) => leaks([code], [{ name: "frames", messages: [JSON.stringify(message)] }]).length;
  expect(found({ type: "client.command_response", ledger: { head, entries: 727 } })).toBe(0);
  expect(found({ type: "client.command_response", result: { head } })).toBe(1);
  expect(found({ type: "client.command_response", ledger: { head: "544469", entries: 727 } })).toBe(1);
});
