import { demand } from "./move.ts";

// biome-ignore lint/suspicious/noExplicitAny: shapes are read as JSON, by their keys alone
type Json = any;

/** What is read of data: its values by their places without indexes, as a parameter may name them, and how much free text it has. */
export interface ReadData {
  readonly leaves: Map<string, Set<string>>;
  textLength: number;
}

const day = /^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const isDay = (value: Json) =>
  typeof value === "string" && day.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
const matches = (form: RegExp) => (value: Json) => typeof value === "string" && form.test(value);
const isIn = (type: "region" | "currency", form: RegExp) => {
  const names = new Intl.DisplayNames("en", { type, fallback: "none" });
  return (value: Json) => typeof value === "string" && form.test(value) && names.of(value) !== undefined;
};

/** What each leaf may be on the wire, and nothing else. */
const leaves: Readonly<Record<string, (value: Json, leaf: Json) => boolean>> = {
  date: isDay,
  dates: (value) => Array.isArray(value) && value.length === 2 && value.every(isDay),
  time: (value) =>
    matches(/^(19|20)\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/)(value) && isDay(value.slice(0, 10)),
  money: (value, { places = 2 }) =>
    matches(
      places === 0
        ? /^(-?[1-9]\d{0,8}|0)$/
        : places === 3
          ? /^-?(0|[1-9]\d{0,8})\.\d{3}$/
          : /^-?(0|[1-9]\d{0,8})\.\d{2}$/,
    )(value) && !/^-0(\.0+)?$/.test(value),
  decimal: (value) =>
    typeof value === "number" && Math.abs(value) < 1e9 && Math.abs(value * 100 - Math.round(value * 100)) < 1e-3,
  integer: (value, { min = -1e9, max = 1e9 }) => Number.isInteger(value) && value >= min && value <= max,
  boolean: (value) => value === true || value === false,
  last4: matches(/^\d{4}$/),
  expiry: matches(/^(0[1-9]|1[0-2])\/\d\d$/),
  currency: isIn("currency", /^[A-Z]{3}$/),
  country: isIn("region", /^[A-Z]{2}$/),
  postcode: matches(/^[A-Z0-9][A-Z0-9 -]{1,9}$/),
  id: (value, { max, digits }) =>
    matches(/^[A-Za-z0-9][A-Za-z0-9._:~=+-]{0,63}$/)(value) &&
    value.length <= max &&
    (digits === true || !/^\d{4,8}$/.test(value)),
  url: (value, { of }) =>
    typeof value === "string" &&
    value.length <= 500 &&
    of.some((origin: string) => value.startsWith(`${origin}/`)) &&
    /^https:\/\/[a-z0-9.-]+\/[^?#\s"<>\\]*$/.test(value),
  text: (value, { max, digits, blank }) =>
    (value === null && blank === null) ||
    (typeof value === "string" &&
      [...value].length <= max &&
      value === value.normalize("NFC") &&
      !/(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u.test(value) &&
      !/^\s|\s$|[^\S ]| {2}/.test(value) &&
      (digits === true || !/\p{Nd}{6}/u.test(value)) &&
      !(blank === null && value === "")),
  accountId: matches(/^acct_[0-9a-z]{25}$/),
  handle: matches(/^h[1-9]\d{0,3}$/),
  held: (value) => value === true,
  same: (value) => value === true || value === false,
};

/** Reads data by its shape. @throws where it has anything that the shape does not name. */
export function readData(shape: Json, data: unknown): ReadData {
  const read: ReadData = { leaves: new Map(), textLength: 0 };
  walk(shape, data, "", read);
  return read;
}

function walk(shape: Json, value: Json, at: string, read: ReadData): void {
  if (shape.leaf) {
    demand(leaves[shape.leaf]?.(value, shape) === true, `${at} is no ${shape.leaf}: ${JSON.stringify(value)}`);
    if (shape.leaf === "text" && typeof value === "string") read.textLength += value.length;
    if (typeof value === "string" || typeof value === "number")
      read.leaves.set(at, (read.leaves.get(at) ?? new Set()).add(String(value)));
  } else if (shape.enum) demand(shape.enum.includes(value), `${at} is none of ${shape.enum}: ${JSON.stringify(value)}`);
  else if (shape.type === "null") demand(value === null, `${at} is not null`);
  else if (shape.orNull) {
    if (value !== null) walk(shape.orNull, value, at, read);
  } else if (shape.anyOf) either(shape.anyOf, value, at, read);
  else if (shape.oneOf) either(shape.oneOf, value, at, read);
  else if (shape.items) list(shape.items, shape.maxItems, value, `${at}[]`, read);
  else if (shape.additionalProperties)
    list(shape.additionalProperties, shape.maxProperties, value, join(at, "*"), read);
  else {
    demand(typeof value === "object" && value !== null && !Array.isArray(value), `${at} is no object`);
    for (const key of Object.keys(value))
      demand(Object.hasOwn(shape.properties, key), `${at} has ${key}, which no shape names`);
    for (const [key, inner] of Object.entries(shape.properties)) {
      const isThere = Object.hasOwn(value, key);
      demand(isThere || !shape.required.includes(key), `${at} lacks ${key}`);
      if (isThere) walk(inner, value[key], join(at, key), read);
    }
  }
}

function list(items: Json, max: number, value: Json, at: string, read: ReadData): void {
  demand(Array.isArray(value) && value.length <= max, `${at} is no list of at most ${max}`);
  for (const one of value) walk(items, one, at, read);
}

/** The one member that fits. */
function either(members: readonly Json[], value: Json, at: string, read: ReadData): void {
  const faults: string[] = [];
  for (const member of members) {
    const apart: ReadData = { leaves: new Map(), textLength: 0 };
    try {
      walk(member, value, at, apart);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
      continue;
    }
    read.textLength += apart.textLength;
    for (const [place, values] of apart.leaves)
      read.leaves.set(place, new Set([...(read.leaves.get(place) ?? []), ...values]));
    return;
  }
  demand(false, faults.join("; "));
}

/** What drift may say of a shape: at which places, and what was expected there. */
export function driftWords(shape: Json): ReadonlySet<string> {
  const words = new Set(["the whole\nJSON"]);
  const add = (at: string, expected: string) =>
    words.add(`${(at || "the whole").slice(0, 512)}\n${expected.slice(0, 256)}`);
  const visit = (one: Json, at: string): void => {
    if (one.orNull) return visit(one.orNull, at);
    if (one.oneOf) {
      const isTelling = (key: string) => one.oneOf.every((each: Json) => each.properties[key]?.enum?.length === 1);
      const key = Object.keys(one.oneOf[0].properties).find(isTelling) ?? "";
      add(at, "object");
      add(join(at, key), one.oneOf.map((each: Json) => each.properties[key].enum[0]).join(" or "));
      for (const each of one.oneOf) visit(each, at);
      return;
    }
    add(at, wordOf(one));
    if (one.anyOf) for (const each of one.anyOf) visit(each, at);
    else if (one.items) inList(one.items, one.maxItems, `${at}[]`);
    else if (one.additionalProperties) inList(one.additionalProperties, one.maxProperties, join(at, "*"));
    else for (const [key, inner] of Object.entries(one.properties ?? {})) visit(inner, join(at, key));
  };
  const inList = (items: Json, max: number, at: string) => {
    add(at, `at most ${max}`);
    visit(items, at);
  };
  if (shape !== null) visit(shape, "");
  return words;
}

function wordOf(shape: Json): string {
  if (shape.leaf) return shape.leaf;
  if (shape.enum) return shape.enum.join(" or ");
  if (shape.type === "null") return "null";
  if (shape.orNull) return wordOf(shape.orNull);
  if (shape.anyOf) return shape.anyOf.map(wordOf).join(" or ");
  return shape.items ? "list" : "object";
}

function join(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}
