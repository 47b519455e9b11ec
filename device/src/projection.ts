import { PassageError } from "@passage/protocol/errors";

/**
 * Reads values out of JSON by a path: `data.bills[].{id,amount,due:dates.due?}`. Keys, `[]` for each item, `[0]` for one, `*`
 * for each value of an object whose keys are data, a choice of keys, each with a path of its own after a colon; `?` after a
 * key makes null of what lacks.
 */
export function readProjection(path: string): (value: unknown) => unknown {
  const parser = new Parser(path);
  const steps = path === "" ? [] : parser.steps();
  parser.end();
  return (value) => walk(value, steps, "");
}

type Step =
  | { readonly kind: "key"; readonly key: string; readonly optional: boolean }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "each" }
  | { readonly kind: "values" }
  | { readonly kind: "choice"; readonly entries: readonly (readonly [name: string, steps: readonly Step[]])[] };

function walk(value: unknown, steps: readonly Step[], at: string): unknown {
  const [step, ...rest] = steps;
  if (!step) return value;
  switch (step.kind) {
    case "key": {
      const here = join(at, step.key);
      const inner = isObject(value) && Object.hasOwn(value, step.key) ? value[step.key] : undefined;
      if (step.optional && (inner ?? null) === null) return null;
      if (inner !== undefined) return walk(inner, rest, here);
      throw lacking(
        here,
        isObject(value) ? `${name(at)} has ${listed(Object.keys(value))}` : `${name(at)} is ${kind(value)}`,
      );
    }
    case "index": {
      const here = `${at}[${step.index}]`;
      if (!Array.isArray(value)) throw lacking(here, `${name(at)} is ${kind(value)}`);
      if (step.index >= value.length) throw lacking(here, `${name(at)} has ${value.length} items`);
      return walk(value[step.index], rest, here);
    }
    case "each":
      if (!Array.isArray(value)) throw lacking(`${at}[]`, `${name(at)} is ${kind(value)}`);
      return value.map((item, index) => walk(item, rest, `${at}[${index}]`));
    case "values":
      if (!isObject(value)) throw lacking(join(at, "*"), `${name(at)} is ${kind(value)}`);
      return Object.values(value).map((item) => walk(item, rest, join(at, "*")));
    case "choice":
      return Object.fromEntries(step.entries.map(([key, inner]) => [key, walk(value, inner, at)]));
  }
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  steps(): Step[] {
    const steps: Step[] = [];
    do {
      if (this.#take("{")) return [...steps, this.#choice()];
      if (this.#peek() !== "[") steps.push(this.#key());
      while (this.#take("[")) steps.push(this.#item());
    } while (this.#take("."));
    return steps;
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#broken("there is more than a path");
  }

  #key(): Step {
    const quoted = /^"([^"]+)"/.exec(this.#rest());
    const bare = /^[^\s.,:?"[\]{}]+/.exec(this.#rest());
    const found = quoted ?? bare;
    if (!found) throw this.#broken("a key is missing");
    this.#at += found[0].length;
    if (found[0] === "*") return { kind: "values" };
    return { kind: "key", key: found[1] ?? found[0], optional: this.#take("?") };
  }

  #item(): Step {
    const [digits = ""] = /^\d*/.exec(this.#rest()) ?? [];
    this.#at += digits.length;
    if (!this.#take("]")) throw this.#broken("a ] is missing");
    return digits === "" ? { kind: "each" } : { kind: "index", index: Number(digits) };
  }

  #choice(): Step {
    const entries: [string, Step[]][] = [];
    do {
      const key = this.#key();
      if (key.kind !== "key") throw this.#broken("a key is missing");
      entries.push([key.key, this.#take(":") ? this.steps() : [key]]);
    } while (this.#take(","));
    if (!this.#take("}")) throw this.#broken("a } is missing");
    return { kind: "choice", entries };
  }

  #take(character: string): boolean {
    const there = this.#peek() === character;
    if (there) this.#at += 1;
    return there;
  }

  /** The next character; spaces count for nothing. */
  #peek(): string | undefined {
    while (this.#text[this.#at] === " ") this.#at += 1;
    return this.#text[this.#at];
  }

  #rest(): string {
    this.#peek();
    return this.#text.slice(this.#at);
  }

  #broken(why: string): PassageError {
    const text = `params.path: ${why} at character ${this.#at + 1} of ${this.#text}; write data.bills[].{id,amount}`;
    return new PassageError("invalid_params", text);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keys and kinds only: what the response holds is in no error. */
function lacking(where: string, why: string): PassageError {
  return new PassageError("extract_failed", `The response has no ${where}: ${why}`);
}

function join(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}

function name(at: string): string {
  return at === "" ? "it" : at;
}

function listed(keys: readonly string[]): string {
  const more = keys.length > 12 ? ` and ${keys.length - 12} more` : "";
  return keys.length === 0 ? "no keys" : keys.slice(0, 12).join(", ") + more;
}

function kind(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
