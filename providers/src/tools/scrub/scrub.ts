import { type Found, find, type SecretKind } from "./find.ts";
import { StandIns } from "./stand-ins.ts";

export interface Scrubbed<Value> {
  readonly value: Value;
  /** How many different values of each kind were replaced. */
  readonly counts: Readonly<Partial<Record<SecretKind, number>>>;
  /** What was replaced, so that its absence can be checked. Never to be written anywhere. */
  readonly secrets: readonly Found[];
}

/**
 * Replaces personal data (account and card numbers, names, addresses, e-mails, phone numbers, tokens) by stand-ins of the
 * same form, the same one wherever a value occurs. Amounts and dates stay. Found by key and by form; what neither
 * shows, such as a name in running text whose key says nothing, is known only through `known`.
 */
export function scrub<Value>(value: Value, known: readonly string[] = []): Scrubbed<Value> {
  const found = new Map<string, Found>();
  for (const text of known) if (text.length >= 3) found.set(text.toLowerCase(), { kind: "secret", text });
  visit(value, "", (key, leaf) => {
    for (const one of find(key, leaf)) if (!found.has(one.text.toLowerCase())) found.set(one.text.toLowerCase(), one);
  });
  const standIns = new StandIns();
  // A name's words stand alone elsewhere: "Hello, Jane".
  const words = [...found.values()]
    .filter(({ kind }) => kind === "name")
    .flatMap(({ text }) => text.match(/\p{L}{3,}/gu) ?? [])
    .map((text): Found => ({ kind: "name", text }));
  const secrets = [...found.values()];
  const replaced = new Map<string, Replaced>();
  for (const { kind, text } of [...secrets, ...words])
    for (const [written, standIn] of spellings(text, standIns.of(kind, text)))
      replaced.set(written.toLowerCase(), { standIn, isWord: kind === "name" && /^\p{L}+$/u.test(text) });
  const pattern = anyOf(replaced);
  const swap = (text: string) =>
    pattern ? text.replace(pattern, (seen) => inCaseOf(seen, replaced.get(seen.toLowerCase())?.standIn ?? seen)) : text;
  const counts: Partial<Record<SecretKind, number>> = {};
  for (const { kind } of secrets) counts[kind] = (counts[kind] ?? 0) + 1;
  return { value: mapLeaves(value, swap) as Value, counts, secrets };
}

interface Replaced {
  readonly standIn: string;
  /** One word of a name: other words may have it in them. */
  readonly isWord: boolean;
}

/** As it stands in text, in an address and within a JSON string. */
function spellings(text: string, standIn: string): [string, string][] {
  const ways = [
    (one: string) => one,
    encodeURIComponent,
    (one: string) => encodeURIComponent(one).replaceAll("%20", "+"),
    escaped,
  ];
  return ways.map((way) => [way(text.toWellFormed()), way(standIn.toWellFormed())]);
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Behind `%2F`, `\n` or `\u0020` a word begins, although a letter or a digit stands before it. */
const behindEscape = "(?<=%[0-9a-f]{2}|\\\\[nrtbf]|\\\\u[0-9a-f]{4})";

/**
 * Longest first. Short values count only where they stand alone: `411` is no part of `$1,411.00`. Nor is somebody called
 * Argume meant by `arguments`.
 */
function anyOf(replaced: ReadonlyMap<string, Replaced>): RegExp | null {
  const alternatives = [...replaced]
    .sort(([a], [b]) => b.length - a.length)
    .map(([text, { isWord }]) => {
      const literal = text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
      if (text.length < 6) return `(?:(?<![\\p{L}\\p{N}_.,])|${behindEscape})${literal}(?![\\p{L}\\p{N}_]|[.,]\\d)`;
      return isWord ? `(?:(?<!\\p{L})|${behindEscape})${literal}(?!\\p{L})` : literal;
    });
  return alternatives.length > 0 ? new RegExp(alternatives.join("|"), "giu") : null;
}

function inCaseOf(seen: string, standIn: string): string {
  if (seen === seen.toLowerCase()) return seen === seen.toUpperCase() ? standIn : standIn.toLowerCase();
  return seen === seen.toUpperCase() ? standIn.toUpperCase() : standIn;
}

function visit(value: unknown, key: string, leaf: (key: string, value: string | number) => void): void {
  if (typeof value === "string" || typeof value === "number") return leaf(key, value);
  if (Array.isArray(value)) for (const one of value) visit(one, key, leaf);
  else if (typeof value === "object" && value) for (const [name, one] of Object.entries(value)) visit(one, name, leaf);
}

function mapLeaves(value: unknown, swap: (text: string) => string): unknown {
  if (typeof value === "string") return swap(value);
  if (typeof value === "number") {
    const text = swap(String(value));
    return text === String(value) ? value : Number(text);
  }
  if (Array.isArray(value)) return value.map((one) => mapLeaves(one, swap));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [swap(name), mapLeaves(one, swap)]));
}
