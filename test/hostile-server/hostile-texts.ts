import type { Random } from "../chaos/random.ts";

/** What ends a value's place in an address, a body or a header, and what a manifest has elsewhere. */
export const hostileTexts: readonly string[] = [
  "..",
  ".",
  "",
  "%2e%2e",
  "%2e%2e%2fadmin",
  "../../admin",
  "a&b=c",
  "a=b;c",
  'say "x"',
  "it's",
  "\u0000",
  "a\u0000b",
  "x\r\nx-more: 1",
  "\u202eevil",
  "\ud800",
  "__proto__",
  "constructor",
  "$&",
  "{id}",
  "x".repeat(2_100),
  "b_1/../../x",
  "#save",
  "h1",
  "https://evil.example/",
  "javascript:alert(1)",
  "4242424242424242",
  "5555444433332222",
  "98101",
  "12 so far",
  "-7 so far",
  "1e9 so far",
  "Type your password",
];

const wildKeys =
  "selector url expression value text key name urlPattern from fields rows values files path headers body pattern script method as".split(
    " ",
  );

/** Params of a free command that might do something with the text: all those that commands have. */
export function freeParams(command: string, text: string, random: Random): Record<string, unknown> {
  const usable: Record<string, unknown> = {
    selector: "#due",
    url: "https://www.shop.example/account",
    expression: "document.body.innerText",
    value: text,
    text,
    key: "Enter",
    name: "href",
    pattern: ".*",
    timeout: 15,
  };
  if (random.chance(0.7)) return command === "begin" ? { operation: text } : usable;
  return Object.fromEntries(wildKeys.filter(() => random.chance(0.2)).map((key) => [key, text]));
}
