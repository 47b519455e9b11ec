import type { Leaf } from "@passage/protocol/reads/leaf";
import { isNullShape, type NullShape, type Shape } from "@passage/protocol/reads/shape";

/** Leaves in which the site's own spelling can stand, and codes that this device has not made. All others are of a closed format. */
export const freeLeaves: ReadonlySet<Leaf["leaf"]> = new Set<Leaf["leaf"]>([
  "text",
  "id",
  "url",
  "postcode",
  "accountId",
]);
/** What leaves of a closed format are written as, NUL between them: digits and signs, the letters of a time, a code of ISO, a handle. */
const closedTexts = /^(?:(?:[-\d.:/TZ]{1,20}|[A-Z]{2,3}|h\d{1,4})(?:\0|$))*$/;
/** A shorter word of a list says no more than a short secret may. */
export const shortestWord = 6;

/** The site's id of an account that this device has made the code of. */
export type IdBehind = (code: string) => string | undefined;

/** What declared reads have written, as a search for secrets looks at it. */
export class ReadLeaves {
  /** What can be any text: leaves that can, each word of the manifest's lists once, and all that no shape has written. */
  readonly texts: unknown[] = [];
  /** All leaves in their order. */
  readonly all: string[] = [];
  /** The site's ids that codes for accounts stand for: the server can try whether a code is that of a short secret. */
  readonly ids: string[] = [];
  readonly #words = new Set<string>();
  readonly #closed: string[] = [];

  readonly #idBehind: IdBehind;

  constructor(idBehind: IdBehind = () => undefined) {
    this.#idBehind = idBehind;
  }

  /** Of what a read's shape has written. */
  addRead(shape: Shape, written: unknown): void {
    const known = forms.get(shape) ?? formOf([shape]);
    forms.set(shape, known);
    this.#walk(known, written);
    // One look at all of them costs less than one at each. A shape lets nothing else through; this wall does not rely on it.
    if (!closedTexts.test(this.#closed.join("\0"))) this.texts.push(...this.#closed);
    this.#closed.length = 0;
  }

  /** Of an answer that no shape has written. */
  addOther(answer: unknown): void {
    this.texts.push(answer);
  }

  #walk(form: Form, value: unknown): void {
    if (typeof value === "string") this.#text(form, value);
    else if (typeof value === "number") this.all.push(String(value));
    else if (Array.isArray(value)) for (const one of value) this.#walk(form.items ?? unknown, one);
    else if (typeof value === "object" && value !== null)
      for (const key of Object.keys(value)) {
        const inner = form.properties.get(key);
        if (!inner) this.texts.push(key);
        this.#walk(inner ?? unknown, (value as Record<string, unknown>)[key]);
      }
  }

  #text({ isFree, isCode, words }: Form, text: string): void {
    const id = isCode ? this.#idBehind(text) : undefined;
    // The device has made the code, so that what looks like a one-time code in it is none.
    if (id !== undefined) return void this.ids.push(id);
    this.all.push(text);
    if (words?.has(text)) {
      if (text.length >= shortestWord && !this.#words.has(text)) this.texts.push(text);
      this.#words.add(text);
    } else (isFree ? this.texts : this.#closed).push(text);
  }
}

/** What may stand at a place of a shape, whichever of its alternatives has written it. */
interface Form {
  readonly isFree: boolean;
  /** Nothing but a code for an account may stand there. */
  readonly isCode: boolean;
  readonly words: ReadonlySet<string> | null;
  readonly items: Form | null;
  readonly properties: ReadonlyMap<string, Form>;
}

const unknown: Form = { isFree: true, isCode: false, words: null, items: null, properties: new Map() };
const forms = new WeakMap<Shape, Form>();

function formOf(shapes: readonly (Shape | NullShape)[]): Form {
  const each = shapes.flatMap(alternatives);
  const words = each.flatMap((one) => ("enum" in one ? one.enum : []));
  const items = each.flatMap((one) =>
    "items" in one ? [one.items] : "additionalProperties" in one ? [one.additionalProperties] : [],
  );
  const properties = Map.groupBy(
    each.flatMap((one) => ("properties" in one ? Object.entries(one.properties) : [])),
    ([key]) => key,
  );
  return {
    isCode: each.length > 0 && each.every((one) => "leaf" in one && one.leaf === "accountId"),
    isFree: each.some((one) => "leaf" in one && freeLeaves.has(one.leaf)),
    words: words.length > 0 ? new Set(words) : null,
    items: items.length > 0 ? formOf(items) : null,
    properties: new Map([...properties].map(([key, found]) => [key, formOf(found.map(([, shape]) => shape))])),
  };
}

function alternatives(shape: Shape | NullShape): (Shape | NullShape)[] {
  if (isNullShape(shape)) return [];
  if ("orNull" in shape) return alternatives(shape.orNull);
  if ("anyOf" in shape) return shape.anyOf.flatMap(alternatives);
  return "oneOf" in shape ? [...shape.oneOf] : [shape];
}
