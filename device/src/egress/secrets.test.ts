import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Secrets, secretLimits } from "./secrets.ts";
import { Taint } from "./taint.ts";
import { codesIn, isCode, isTokenName, looksRandom, randomParts } from "./token-like.ts";

const names = (secrets: Secrets, payload: unknown) => new Taint(secrets).find(payload, "answer");
const token = (number: number) => createHash("sha256").update(String(number)).digest("base64url").slice(0, 24);

describe("what counts as a secret", () => {
  const secrets = new Secrets();
  secrets.addTyped("password", "swordfish9");
  secrets.addTyped("short", "abc");
  secrets.addTyped("pin", "4821");
  secrets.addTyped("code", "730162");
  secrets.addTyped("card", "4242 4242 4242 4242");
  secrets.addParts("cookie", "lang=en&theme=dark-mode-preferred&visits=17");
  secrets.addParts("session", "v1:aB3dE6gH9jK2mN5pQ8sT.x");
  secrets.addToken("access_token", "opaque-t0ken");
  secrets.addToken("translated", "Passwort-vergessen");
  secrets.addToken("tiny", "en");

  test.each([
    ["my Swordfish9!", ["password"]],
    ["swordfish is on the menu", []],
    ["abc", []],
    ["English, dark-mode-preferred, 17 visits", []],
    ["aB3dE6gH9jK2", ["session"]],
    ["opaque-t0ken", ["access_token"]],
    ["Passwort-vergessen", []],
    ["card 4242-4242-4242-4242", ["card"]],
    ["card ending in 4242", []],
  ])("%s", (text, found) => expect(names(secrets, { text })).toEqual(found));

  test.each<[unknown, string[]]>([
    ["730162", ["code"]],
    ["Your code is 730162.", ["code"]],
    ["G-730162", ["code"]],
    ["730 162 or 730-162", ["code"]],
    [["7", "3", "0", "1", "6", "2"], ["code"]],
    [730162, ["code"]],
    ["261037", ["code"]],
    [Buffer.from("code=730162").toString("base64"), ["code"]],
    ["$7,301.62 and $7301.62", []],
    ["17301620 and 7301621", []],
    ["order 730-1625", []],
    ["4821", ["pin"]],
    ['<input value="4821">', ["pin"]],
    ["PIN: 4821", []],
    ["•••• 4821, due 2026", []],
    ["$48.21", []],
  ])("a code: %j", (payload, found) => expect(names(secrets, { payload })).toEqual(found));
});

test.each([
  ["x7Kq92LmPz04RtYw", true],
  ["550e8400-e29b-41d4-a716-446655440000", true],
  ["2026-11-21T15:04:05.000Z", false],
  ["unlimited-plus-premium-2026", false],
  ["/billing/statements/november/2026", false],
  ["AccountSummaryPageView", false],
  ["12345678901234567890", false],
  ["short9Aa", false],
])("looksRandom(%s) is %s", (text, random) => expect(looksRandom(text)).toBe(random));

test("the random parts of a value are its tokens", () => {
  const jwt = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x7Kq92LmPz04RtYwBv5Nc8";
  expect(randomParts(jwt)).toEqual(["eyJzdWIiOiIxMjM0NTY3ODkwIn0", "x7Kq92LmPz04RtYwBv5Nc8"]);
  expect(randomParts("redirect=https%3A%2F%2Faccount.example%2Fbilling%2Foverview&s=x7Kq92LmPz04RtYw")).toEqual([
    "x7Kq92LmPz04RtYw",
  ]);
});

test("names of tokens and codes", () => {
  for (const name of [
    "access_token",
    "refreshToken",
    "id-token",
    "sid",
    "csrf",
    "XSRF-TOKEN",
    "otp",
    "sessionId",
    "client_secret",
  ])
    expect(isTokenName(name), name).toBe(true);
  for (const name of ["token_type", "tokenCount", "side", "residence", "orderId", "secretary"])
    expect(isTokenName(name), name).toBe(false);
  expect(isCode("code", "USD")).toBe(false);
  expect(isCode("code", "x7Kq92LmPz04RtYw")).toBe(true);
  expect(isCode("state", "California")).toBe(false);
});

test("the codes of an address", () => {
  const address = "https://a.example/cb?page=2&code=x7Kq92LmPz04RtYw&q=x7Kq92LmPz04RtYw#access_token=abcdefgh&lang=en";
  expect(codesIn(address).map(({ name, value }) => [name, value])).toEqual([
    ["code", "x7Kq92LmPz04RtYw"],
    ["access_token", "abcdefgh"],
  ]);
});

describe("the registry", () => {
  test("shows no value", () => {
    const secrets = new Secrets();
    secrets.addTyped("the password typed on a.example", "swordfish9");
    secrets.typing("f1", "the password typed on a.example", "marlin42x");
    const [secret] = secrets;
    for (const shown of [secrets, secret, { secrets }, [secret]])
      expect(inspect(shown, { depth: 9, showHidden: true }) + JSON.stringify(shown)).not.toMatch(
        /swordfish|marlin|c3dvcmRmaXNo/i,
      );
    expect(`${JSON.stringify(secrets)} ${inspect(secrets)}`).toBe('{"watched":1} Secrets { watched: 1 }');
  });

  test("of a value that is being typed keeps what it became, and what was corrected", () => {
    const secrets = new Secrets();
    for (const value of ["sword", "swordf", "swordfish", "swordfis", "swordfis9x"])
      secrets.typing("f1", "typed", value);
    secrets.settle();
    expect(secrets.size).toBe(2);
    expect(names(secrets, ["swordfish"])).toEqual(["typed"]);
    expect(names(secrets, ["swordfis9x"])).toEqual(["typed"]);
    expect(names(secrets, ["swordfis"])).toEqual([]);
  });

  test("past its limit forgets nothing, and refuses from then on", () => {
    const secrets = new Secrets({ ...secretLimits, secrets: 20 });
    secrets.addTyped("typed", "swordfish9");
    secrets.addParts("first", token(1_000_003));
    let number = 0;
    while (secrets.size < 20) secrets.addParts("later", token(2_000_003 + number++));
    expect(secrets.addParts("known", token(1_000_003))).toBe(true);
    expect(secrets.refusal()).toBeNull();
    expect(secrets.addParts("too many", token(3))).toBe(false);
    expect(secrets.refusal()).toMatchObject({ code: "blocked_secret", details: { reason: "registry_full" } });
    expect(secrets.size).toBe(20);
    for (const [value, name] of [
      ["swordfish9", "typed"],
      [token(1_000_003), "first"],
      [token(2_000_003 + number - 1), "later"],
    ])
      expect(names(secrets, [value])).toEqual([name]);
  });

  test("has a limit of characters too, and what was typed is no exception", () => {
    const secrets = new Secrets({ ...secretLimits, characters: 40 });
    secrets.addTyped("typed", "a long sentence of 30 signs...");
    secrets.addTyped("typed", "a long sentence of 30 signs...");
    expect(secrets.refusal()).toBeNull();
    secrets.addTyped("typed", "another sentence");
    expect(secrets.refusal()?.code).toBe("blocked_secret");
  });

  test("keeps nothing once it is wiped", () => {
    const secrets = new Secrets();
    secrets.addTyped("typed", "swordfish9");
    const taint = new Taint(secrets);
    expect(taint.find("swordfish9", "answer")).toEqual(["typed"]);
    const forms = [...secrets].flatMap((secret) => secret.sought().forms);
    secrets.wipe();
    expect(forms.every(({ text }) => text.every((byte) => byte === 0))).toBe(true);
    expect(taint.find("swordfish9", "answer")).toEqual([]);
  });
});

test("a stored value that becomes a header is watched whole, in its parts, and as what its scheme holds", () => {
  const watched = (prefix: string, value: string, payload: string) => {
    const secrets = new Secrets();
    expect(secrets.addStoredHeader("authorization", prefix, value)).toBe(true);
    return names(secrets, [payload]).length > 0;
  };
  expect(watched("", "f3A9c1D7e5B2a8 v2", "f3A9c1D7e5B2a8 v2")).toBe(true);
  expect(watched("", "k7Q2x9", "k7Q2x9")).toBe(true);
  expect(watched("", "tok%2Fab9Cd%2BcdQ7x", "tok/ab9Cd+cdQ7x")).toBe(true);
  expect(watched("Basic ", btoa("ann:plum-Harbor-93x"), "plum-Harbor-93x")).toBe(true);
  expect(new Secrets().addStoredHeader("x-csrf", "", "ab")).toBe(false);
});
