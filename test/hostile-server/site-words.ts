import type { Random } from "../chaos/random.ts";

/** Stands wherever no shape names what a site says, and in leaves that cannot take it. */
export const canary = "zqCANARY/qz";
/** Six digits in running text are a one-time code perhaps. */
export const codeCanary = "482913";
/** What the site keeps in its storage there. */
export const storedAt = (place: string): string => `${canary}.${place}`;

export interface SiteMood {
  /** How many bodies of a hundred have a place that does not fit. */
  readonly misfits: number;
  /** Lists and texts are as long as their shapes allow, and longer. */
  readonly long: boolean;
  /** What a person typed, which the site repeats where it can. */
  readonly typed: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: shapes are read as JSON, by their keys alone
type Json = any;

/** Long lists within long lists would be gigabytes: with so many places in a body, its further lists are short. */
const mostPlaces = 20_000;

/** What a site says, grown from the shapes: nearly what they name, and a canary beside it everywhere. */
export class SiteWords {
  readonly #random: Random;
  readonly #mood: SiteMood;
  /** What is to stay on the device, by the place where it was said. */
  readonly held = new Map<string, Set<string>>();
  #count = 0;
  #places = 0;
  /** Which place of the body does not fit, counted from 1. */
  #oddPlace = 0;
  /** How many places the last body of a read had. */
  readonly #most = new Map<string, number>();

  constructor(random: Random, mood: SiteMood) {
    this.#random = random;
    this.#mood = mood;
  }

  /** A response's body for a read. Where it does not fit, it mostly is one place of it. */
  body(label: string, shape: Json): string {
    if (shape === null || this.#random.chance(this.#mood.misfits / 1_000))
      return this.#random.pick([canary, "", "null", `{"a":"${canary}"`, "[]", "7"]);
    this.#places = 0;
    const isOdd = this.#random.chance(this.#mood.misfits / 100);
    this.#oddPlace = isOdd ? this.#random.between(1, this.#most.get(label) ?? 20) : 0;
    const body = JSON.stringify(this.value(shape, label, ""));
    this.#most.set(label, this.#places);
    return body;
  }

  value(shape: Json, label: string, at: string): Json {
    if (++this.#places === this.#oddPlace) {
      if (mayCarry(shape) || this.#random.chance(0.5)) return this.#random.pick(nearlyOf(shape));
      const odd = [
        canary,
        `${canary} x`,
        null,
        7,
        -1.5,
        true,
        [],
        {},
        [canary],
        { [canary]: canary },
        ...nearlyFitting,
      ];
      return this.#random.pick([undefined, ...odd]);
    }
    if (shape.leaf) return this.#leaf(shape, label, at);
    if (shape.enum) return this.#random.pick(shape.enum);
    if (shape.type === "null") return null;
    if (shape.orNull) {
      const isOdd = this.#random.chance(0.15);
      return isOdd ? this.#random.pick([canary, null, { [canary]: 1 }]) : this.value(shape.orNull, label, at);
    }
    if (shape.anyOf) {
      // What does not fit one member may fit another that carries it.
      if (mayCarry(shape)) this.#oddPlace = 0;
      return this.value(this.#random.pick(shape.anyOf), label, at);
    }
    if (shape.oneOf) return this.value(this.#random.pick(shape.oneOf), label, at);
    if (shape.items) return this.#list(shape.maxItems, () => this.value(shape.items, label, `${at}[]`));
    if (shape.additionalProperties)
      return Object.fromEntries(
        this.#list(shape.maxProperties, () => [
          `${canary}${++this.#count}`,
          this.value(shape.additionalProperties, label, join(at, "*")),
        ]),
      );
    const members = Object.entries<Json>(shape.properties)
      .filter(([key]) => shape.required.includes(key) || this.#random.chance(0.8))
      .map(([key, inner]) => [key, this.value(inner, label, join(at, key))]);
    return { ...Object.fromEntries(members), [canary]: canary, __proto: canary };
  }

  /** The text of an element. `mayBeWhole`: all of it may leave, so that there is no canary in it. */
  text(mayBeWhole: boolean): string | null {
    return this.#random.pick([
      ...(mayBeWhole ? [] : [`${canary} $85.00 Oct 5 - Nov 4`, canary]),
      "$1,042.17 Sep 5 - Oct 4",
      "Due Nov 27, 2026",
      "2026-11-04",
      "$9.50",
      "Plain words",
      "https://www.shop.example/a?name=Ada",
      ...(this.#mood.misfits > 0 ? [null, `${codeCanary} is your code`] : []),
    ]);
  }

  /** A place that holds back what is said there. */
  hold(label: string, at: string): string {
    const value = `${canary}.t${++this.#count}`;
    const place = `${label}:${at}`;
    this.held.set(place, (this.held.get(place) ?? new Set()).add(value));
    return value;
  }

  #list(max: number, item: () => Json): Json[] {
    const { long, misfits } = this.#mood;
    const over = misfits > 0 && this.#random.chance(0.03) ? max + 1 : 0;
    const length =
      over ||
      (long && this.#places < mostPlaces
        ? this.#random.between(Math.floor(max / 3), max)
        : this.#random.between(0, Math.min(3, max)));
    return Array.from({ length: Math.min(length, 400) }, item);
  }

  #leaf(leaf: Json, label: string, at: string): Json {
    const { typed, long } = this.#mood;
    const echo = typed.length > 0 && this.#random.chance(0.1) ? this.#random.pick(typed) : null;
    if (leaf.leaf === "held") return this.hold(label, at);
    if (leaf.leaf === "text") {
      const digits = leaf.digits ? "No 123456 here" : `Code ${codeCanary} \u0007here`;
      if (long) return "Long words of a site. ".repeat(40);
      const blank = leaf.blank === null ? [null, ""] : [];
      return (
        echo ??
        this.#random.pick(["Plain words", "👩‍👧 two\u202e words", digits, "wide\u00a0 \n space ".repeat(30), ...blank])
      );
    }
    if (leaf.leaf === "id")
      return echo ?? this.#random.pick(["b_1", "b_2", "b_3", ...(leaf.digits ? ["777777", 1234] : ["x-9", 7])]);
    if (leaf.leaf === "url") return `${leaf.of[0]}/${this.#random.pick(["a", "b/c"])}?name=${canary}#${canary}`;
    if (leaf.leaf === "same") return this.#random.pick(alike[leaf.as] ?? [canary, "4242424242424242"]);
    if (leaf.leaf === "handle") return this.#random.pick([canary, `${canary}2`, "4242"]);
    if (leaf.leaf === "integer") return this.#random.between(Math.max(leaf.min ?? -9, -9), Math.min(leaf.max ?? 9, 9));
    if (leaf.leaf === "money" && leaf.places === 0) return this.#random.pick(["¥85", 85, 0]);
    return this.#random.pick(fitting[leaf.leaf as string] ?? [null]);
  }
}

const fitting: Readonly<Record<string, readonly Json[]>> = {
  date: ["11/4/2026", "2026-11-04", "2026-11-04T10:00:00Z"],
  dates: ["2026-10-05 - 2026-11-04", ["2026-10-05", "11/4/2026"]],
  time: ["2026-11-04T10:00:00+01:00", "2026-11-04T10:00:00.123Z"],
  money: ["$85.00", 1.5, "($5.00)", 0],
  decimal: [1.25, 3, -0.1234],
  boolean: [true, false],
  last4: ["4242", "0001"],
  expiry: ["09/29", "09/2029", "2029-09"],
  currency: ["USD", "EUR"],
  country: ["US", "DE"],
  postcode: ["98101", "sw1a 1aa"],
  accountId: ["970418265", 531900274418, "ea7e4000-0000-4000-8000-000000000001"],
};

/** What a site says of an argument, by what it is compared as. */
const alike: Readonly<Record<string, readonly Json[]>> = {
  last4: ["4242", "3332"],
  expiry: ["09/29", "2030-10"],
  postcode: ["98101", "98102"],
};

/** What nearly fits a leaf, and does not. */
export const nearlyFitting: readonly Json[] = [
  "2026-02-31",
  "13/13/2026",
  "2026-11-04 2026-11-05",
  "2026-11-04T25:00:00Z",
  "$85.0",
  "85 cents",
  85,
  1e12,
  1.5,
  "true",
  "12345",
  "13/29",
  "QQQ",
  "ZZ",
  "usd",
  "x".repeat(200),
  "a/b",
  codeCanary,
  `https://evil.example/${canary}`,
  "h1",
];

/** What nearly is the shape's own. */
function nearlyOf(shape: Json): readonly Json[] {
  if (shape.oneOf || shape.properties) return [{ [canary]: canary }, { kind: canary }, canary];
  if (shape.leaf === "id" && !shape.digits) return [codeCanary, "a/b", "x".repeat(65)];
  if (shape.leaf) return nearly[shape.leaf] ?? [null, canary];
  return mayCarry(shape) ? [true, 7.5] : [canary];
}

/** Whether a canary may leave in a place of the shape, so that it must not stand there. */
function mayCarry({ leaf, anyOf, orNull, items, additionalProperties }: Json): boolean {
  if (items || additionalProperties) return mayCarry(items ?? additionalProperties);
  if (leaf) return ["text", "id", "postcode", "held"].includes(leaf);
  return anyOf ? anyOf.some(mayCarry) : orNull ? mayCarry(orNull) : false;
}

const nearly: Readonly<Record<string, readonly Json[]>> = {
  date: ["2026-02-31", "31/31/2026"],
  dates: ["2026-11-04 2026-11-05", ["2026-11-04"]],
  time: ["2026-11-04T25:00:00Z", "2026-11-04"],
  money: ["$85.0", 85, "85 cents"],
  decimal: ["1.5", 1e12],
  integer: [1.5, 1e12, -1, 10, "7"],
  boolean: ["true", 1],
  last4: ["12345", "x123"],
  expiry: ["13/29", "2029"],
  currency: ["QQQ", "usd"],
  country: ["ZZ", "us"],
  postcode: ["9", "!!!!"],
  accountId: ["••••8265", 42, null, canary],
  id: ["a/b", "x".repeat(65)],
  url: ["https://evil.example/a", "/a"],
  text: [7, null],
  held: [7, true, null],
};

function join(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}
