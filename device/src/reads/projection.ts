import type { Drift } from "@passage/protocol/reads/declaration";
import { isSessionLeaf, type Leaf, type SessionLeaf, type Written, writeLeaf } from "@passage/protocol/reads/leaf";
import { joinPlace } from "@passage/protocol/reads/place";
import {
  type CasesShape,
  caseKey,
  isNullShape,
  type NullShape,
  type ObjectShape,
  type Shape,
} from "@passage/protocol/reads/shape";
import { parseJsonFast } from "../network/json.ts";
import { LookedUp } from "./looked-up.ts";
import { dropOlder, type Newest } from "./newest-rows.ts";

/** What the leaves that need the session are written with. */
export interface LeafSession {
  /** The code for an account, of the id that the site has for it. Undefined: it is no such id, or the code is not made yet. */
  accountId(value: unknown): string | undefined;
  /** A name for the text that says nothing of it; null where there are too many. */
  handle(text: string): string | null;
  /** Undefined: the operation has no such argument yet. */
  isSame(leaf: Extract<SessionLeaf, { leaf: "same" }>, value: unknown): boolean | undefined;
}

export interface Projected {
  /** Undefined: the answer does not fit, and `drift` says where. */
  readonly data: unknown;
  /** What did not fit. Beside data it is of decoration only. */
  readonly drift: readonly Drift[];
  /** What was written at each place, as texts. */
  readonly seen: ReadonlyMap<string, ReadonlySet<string>>;
  /** What stays on the device, by its place: the last value there. */
  readonly held: ReadonlyMap<string, string>;
  /** How many characters of free text there are in the data. */
  readonly textLength: number;
  /** What the outcome depends on, also where nothing was written. */
  readonly lookedUp: LookedUp;
}

const maxHeldLength = 8_192;
const misfit = Symbol("misfit");

/** Of a JSON text only what the shape names, each leaf written anew; of some rows only the newest. */
export function projectJson(shape: Shape, text: string, session: LeafSession, newest?: Newest): Projected {
  let value: unknown;
  try {
    // Nesting deeper than the stack has room for fails.
    value = parseJsonFast(text.replace(/^\ufeff/, ""));
  } catch {
    const drift: Drift[] = [{ at: "the whole", expected: "JSON", seen: "text", count: 1 }];
    return { data: undefined, drift, seen: new Map(), held: new Map(), textLength: 0, lookedUp: new LookedUp() };
  }
  if (!newest) return project(shape, value, session);
  // Nothing of the older rows counts as sent, and no number of a handle tells how many texts they have.
  const all = project(shape, value, { ...session, handle: () => "h0" });
  if (all.data === undefined) return all;
  dropOlder(value, all.data, newest);
  return project(shape, value, session);
}

/** Of a value only what the shape names. The walk is as deep as the shape, however deep the value is. */
export function project(shape: Shape, value: unknown, session: LeafSession): Projected {
  const walk = new Walk(session, new LookedUp());
  const data = walk.shape(shape, value, "");
  const drift = [...walk.drift.values()];
  return {
    data: data === misfit ? undefined : data,
    drift,
    seen: walk.seen,
    held: walk.held,
    textLength: walk.textLength,
    lookedUp: walk.lookedUp,
  };
}

class Walk {
  readonly drift = new Map<string, Drift>();
  readonly seen = new Map<string, Set<string>>();
  readonly held = new Map<string, string>();
  textLength = 0;
  readonly lookedUp: LookedUp;
  readonly #session: LeafSession;

  constructor(session: LeafSession, lookedUp: LookedUp) {
    this.#session = session;
    this.lookedUp = lookedUp;
  }

  shape(shape: Shape | NullShape, value: unknown, at: string): unknown {
    if ("leaf" in shape) return this.#leaf(shape, value, at);
    if ("enum" in shape) return this.#word(shape, value, at);
    if (isNullShape(shape)) return value === null ? null : this.#miss(at, "null", value);
    if ("orNull" in shape) return this.#decoration(shape.orNull, value, at);
    if ("anyOf" in shape) return this.#either(shape.anyOf, value, at);
    if ("oneOf" in shape) return this.#cases(shape, value, at);
    if ("items" in shape) {
      if (!Array.isArray(value)) return this.#miss(at, "list", value);
      return this.#list(shape.items, shape.maxItems, value, `${at}[]`);
    }
    // The values of a map may stand in a list as well, which is how they are written.
    if ("additionalProperties" in shape) {
      if (typeof value !== "object" || value === null) return this.#miss(at, "object", value);
      return this.#list(shape.additionalProperties, shape.maxProperties, Object.values(value), joinPlace(at, "*"));
    }
    if (!isObject(value)) return this.#miss(at, "object", value);
    for (const key of Object.keys(value)) this.lookedUp.keys.add(key);
    const entries: [string, unknown][] = [];
    let fits = true;
    for (const { key, inner, place } of propertiesOf(shape, at)) {
      const isThere = Object.hasOwn(value, key);
      if (!isThere && !shape.required.includes(key)) continue;
      const written = this.shape(inner, isThere ? value[key] : undefined, place);
      if (written === misfit) fits = false;
      else entries.push([key, written]);
    }
    return fits ? Object.fromEntries(entries) : misfit;
  }

  #word({ enum: words }: { readonly enum: readonly string[] }, value: unknown, at: string): unknown {
    this.lookedUp.add("enum", value);
    return typeof value === "string" && words.includes(value) ? value : this.#miss(at, words.join(" or "), value);
  }

  #leaf(leaf: Leaf, value: unknown, at: string): unknown {
    this.lookedUp.add(leaf.leaf, value);
    const written = isSessionLeaf(leaf) ? this.#sessionLeaf(leaf, value, at) : writeLeaf(leaf, value);
    if (written === undefined) return this.#miss(at, leaf.leaf, value);
    if (typeof written === "string" || typeof written === "number") {
      const known = this.seen.get(at);
      if (known) known.add(String(written));
      else this.seen.set(at, new Set([String(written)]));
      if (leaf.leaf === "text") this.textLength += String(written).length;
    }
    return written;
  }

  #sessionLeaf(leaf: SessionLeaf, value: unknown, at: string): Written | undefined {
    if (leaf.leaf === "accountId") return this.#session.accountId(value);
    if (leaf.leaf === "same") return this.#session.isSame(leaf, value);
    if (typeof value !== "string" || value === "" || value.length > maxHeldLength) return undefined;
    if (leaf.leaf === "handle") return this.#session.handle(value) ?? undefined;
    this.held.set(at, value);
    return true;
  }

  #list(items: Shape, max: number, list: readonly unknown[], at: string): unknown {
    if (list.length > max) return this.#drifted(at, `at most ${max}`, "too many");
    const written = list.map((one) => this.shape(items, one, at));
    return written.includes(misfit) ? misfit : written;
  }

  #decoration(shape: Shape, value: unknown, at: string): unknown {
    if (value === null) return null;
    const apart = new Walk(this.#session, this.lookedUp);
    const written = apart.shape(shape, value, at);
    if (written !== misfit) {
      this.#take(apart);
      return written;
    }
    // Nothing of it leaves, so that nothing of it was seen.
    for (const one of apart.drift.values()) this.#add(one);
    return null;
  }

  #either(members: readonly (Shape | NullShape)[], value: unknown, at: string): unknown {
    // What is nearest by its kind says best what is wrong with it.
    let nearest: Walk | null = null;
    for (const member of members) {
      const apart = new Walk(this.#session, this.lookedUp);
      const written = apart.shape(member, value, at);
      if (written === misfit) nearest ??= isDeep(apart, at) ? apart : null;
      else {
        this.#take(apart);
        return written;
      }
    }
    if (!nearest) return this.#miss(at, members.map(nameOf).join(" or "), value);
    this.#take(nearest);
    return misfit;
  }

  #cases(shape: CasesShape, value: unknown, at: string): unknown {
    if (!isObject(value)) return this.#miss(at, "object", value);
    const key = caseKey(shape) ?? "";
    const told = Object.hasOwn(value, key) ? value[key] : undefined;
    this.lookedUp.add("enum", told);
    const textOf = (one: Shape | undefined) => (one && "enum" in one ? one.enum[0] : undefined);
    const chosen = shape.oneOf.find(({ properties }) => textOf(properties[key]) === told);
    if (chosen) return this.shape(chosen, value, at);
    const texts = shape.oneOf.map(({ properties }) => textOf(properties[key]));
    return this.#miss(joinPlace(at, key), texts.join(" or "), told);
  }

  #miss(at: string, expected: string, value: unknown): typeof misfit {
    return this.#drifted(at, expected, kindOf(value));
  }

  #drifted(at: string, expected: string, seen: Drift["seen"]): typeof misfit {
    this.#add({ at: (at || "the whole").slice(0, 512), expected: expected.slice(0, 256), seen, count: 1 });
    return misfit;
  }

  #add(one: Drift): void {
    const key = `${one.at}\n${one.expected}\n${one.seen}`;
    const known = this.drift.get(key);
    this.drift.set(key, known ? { ...known, count: known.count + one.count } : one);
  }

  #take({ drift, seen, held, textLength }: Walk): void {
    this.textLength += textLength;
    for (const one of drift.values()) this.#add(one);
    for (const [at, values] of seen) this.seen.set(at, new Set([...(this.seen.get(at) ?? []), ...values]));
    for (const [at, value] of held) this.held.set(at, value);
  }
}

interface Property {
  readonly key: string;
  readonly inner: Shape;
  readonly place: string;
}
/** A list has hundreds of objects of one shape at one place. */
const properties = new WeakMap<ObjectShape, { readonly at: string; readonly each: readonly Property[] }>();

function propertiesOf(shape: ObjectShape, at: string): readonly Property[] {
  const known = properties.get(shape);
  if (known?.at === at) return known.each;
  const each = Object.entries(shape.properties).map(([key, inner]) => ({ key, inner, place: joinPlace(at, key) }));
  properties.set(shape, { at, each });
  return each;
}

function isDeep({ drift }: Walk, at: string): boolean {
  return [...drift.values()].every((one) => one.at !== (at || "the whole"));
}

function nameOf(shape: Shape | NullShape): string {
  if ("leaf" in shape) return shape.leaf;
  if ("enum" in shape) return shape.enum.join(" or ");
  if (isNullShape(shape)) return "null";
  if ("orNull" in shape) return nameOf(shape.orNull);
  if ("anyOf" in shape) return shape.anyOf.map(nameOf).join(" or ");
  return "items" in shape ? "list" : "object";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): Drift["seen"] {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  return typeof value as "boolean" | "number" | "object";
}
