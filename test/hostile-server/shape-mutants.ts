import { type Mutant, one } from "./mutant.ts";

const projection = "device/src/reads/projection.ts";
const leaf = "protocol/src/reads/leaf.ts";
const numbers = "protocol/src/reads/leaves/numbers.ts";
const texts = "protocol/src/reads/leaves/texts.ts";

/** Each leaf that is passed on as the site wrote it. */
export const leafMutants: readonly Mutant[] = [
  one("leaf date", leaf, "return writeDate(value, leaf.order);", "return value as never;"),
  one("leaf dates", leaf, "return writeDates(value, leaf.order);", "return value as never;"),
  one("leaf time", leaf, "return writeTime(value);", "return value as never;"),
  one("leaf money", leaf, "return writeMoney(value, leaf.places);", "return value as never;"),
  one("leaf decimal", leaf, "return writeDecimal(value);", "return value as never;"),
  one("leaf integer", leaf, "return writeInteger(value, leaf.min, leaf.max);", "return value as never;"),
  one("leaf boolean", leaf, 'return typeof value === "boolean" ? value : undefined;', "return value as never;"),
  one("leaf last4", leaf, "return writeLast4(value);", "return value as never;"),
  one("leaf expiry", leaf, "return writeExpiry(value);", "return value as never;"),
  one("leaf currency", leaf, "return writeCurrency(value);", "return value as never;"),
  one("leaf country", leaf, "return writeCountry(value);", "return value as never;"),
  one("leaf postcode", leaf, "return writePostcode(value);", "return value as never;"),
  one("leaf id", leaf, "return writeId(value, leaf.max, leaf.digits);", "return value as never;"),
  one("leaf url", leaf, "return writeUrl(value, leaf.of);", "return value as never;"),
  one("leaf text", leaf, "const text = writeText(value, leaf.max, leaf.digits);", "const text = value as string;"),
  one("leaf accountId", projection, "return this.#session.accountId(value);", "return value as never;"),
  one("leaf handle", projection, "return this.#session.handle(value) ?? undefined;", "return value;"),
  one(
    "leaf held",
    projection,
    "this.held.set(at, value);\n    return true;",
    "this.held.set(at, value);\n    return value;",
  ),
  one("leaf same", projection, "return this.#session.isSame(leaf, value);", "return value as never;"),
  one("a range of integers", numbers, "value >= min && value <= max", "true"),
  one("digits in a text", texts, 'digits ? clean : clean.replace(longDigits, "#")', "clean"),
  one("the length of a text", texts, "[...shown].slice(0, max)", "[...shown]"),
  one("marks in a text", texts, '.replace(unseen, "")', ""),
  one("digits of an id", texts, "!digits && /^\\d{4,8}$/.test(text) ? undefined : text", "text"),
  one("the query of a url", texts, "url.origin + url.pathname;", "url.href;"),
];

/** Each form of a shape. */
export const formMutants: readonly Mutant[] = [
  one(
    "one of these texts",
    projection,
    'typeof value === "string" && words.includes(value) ? value',
    'typeof value === "string" ? value',
  ),
  one(
    "the keys of an object",
    projection,
    "fits ? Object.fromEntries(entries)",
    "fits ? { ...value, ...Object.fromEntries(entries) }",
  ),
  one(
    "the required keys",
    projection,
    "if (!isThere && !shape.required.includes(key)) continue;",
    "if (!isThere) continue;",
  ),
  one("the length of a list", projection, "if (list.length > max)", "if (list.length > 1e9)"),
  one(
    "the keys of a map",
    projection,
    "return this.#list(shape.additionalProperties, shape.maxProperties, Object.values(value)",
    "return this.#list(shape.additionalProperties, shape.maxProperties, Object.entries(value).flat()",
  ),
  one(
    "a body that is no object",
    projection,
    'if (!isObject(value)) return this.#miss(at, "object", value);\n    for (const key',
    "if (!isObject(value)) return value;\n    for (const key",
  ),
  one(
    "decoration that does not fit",
    projection,
    "for (const one of apart.drift.values()) this.#add(one);\n    return null;",
    "return value;",
  ),
  one(
    "members of a union",
    projection,
    "if (written === misfit) nearest ??= isDeep(apart, at) ? apart : null;",
    "if (written === misfit) return value;",
  ),
  one(
    "cases of a union",
    projection,
    'return this.#miss(joinPlace(at, key), texts.join(" or "), told);',
    "return value;",
  ),
];
