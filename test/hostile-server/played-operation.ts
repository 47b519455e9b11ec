import type { ReadParam } from "@passage/protocol/reads/declaration";
import type { Declarations } from "./declared-names.ts";
import type { Filled } from "./declared-request.ts";
import { demand } from "./move.ts";

/** One operation while it is the active one: what it has read, typed and pressed, as the test knows it. */
export class PlayedOperation {
  readonly declares: Declarations;
  /** The values that have left the device, by read and place. */
  readonly learnt = new Map<string, Set<string>>();
  readonly #arguments = new Map<string, string>();
  readonly #pressed = new Set<string>();
  readonly #refused = new Set<string>();

  constructor(declares: Declarations) {
    this.declares = declares;
  }

  /** Data that has left. */
  learn(label: string, leaves: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const [at, values] of leaves) {
      const place = `${label}:${at}`;
      this.learnt.set(place, new Set([...(this.learnt.get(place) ?? []), ...values]));
    }
  }

  /** An argument keeps the value that it was first given. */
  give(argument: string, value: string): void {
    const known = this.#arguments.get(argument);
    demand(known === undefined || known === value, `the argument ${argument} was given as two values`);
    this.#arguments.set(argument, value);
  }

  /** The person has said no to this question. */
  refuse(question: string): void {
    this.#refused.add(question);
  }

  isRefused(question: string): boolean {
    return this.#refused.has(question);
  }

  press(commit: string): void {
    demand(!this.#pressed.has(commit), `the commit ${commit} was made twice`);
    this.#pressed.add(commit);
  }

  /** What the person is asked before a commit. Null: an argument in it was not typed. */
  question(ask: string): string | null {
    let isWhole = true;
    const words = ask.replace(/\{([\w.]+)\}/g, (_, path: string) => {
      const whole = this.#arguments.get(path);
      const digits = this.#arguments.get(path.replace(/\.last4$/, ""))?.replace(/[ -]/g, "");
      const value = whole ?? (path.endsWith(".last4") ? digits?.slice(-4) : undefined);
      if (value === undefined || value.length > 120) isWhole = false;
      return value ?? "";
    });
    return isWhole ? words : null;
  }

  /** Whether the values are those that fields were given for the arguments in the question. */
  isAbout(ask: string, values: readonly string[]): boolean {
    const given = [...ask.matchAll(/\{([\w.]+)\}/g)].map(
      ([, path = ""]) => this.#arguments.get(path) ?? this.#arguments.get(path.replace(/\.last4$/, "")),
    );
    return given.length === values.length && given.every((value, at) => value === values[at]);
  }

  /** @throws where a parameter has a value that its rule does not allow now. */
  demandFilled(
    rules: Readonly<Record<string, ReadParam>>,
    { params, held }: Filled,
    said: ReadonlyMap<string, ReadonlySet<string>>,
  ): void {
    for (const { place, value } of held)
      demand(said.get(place)?.has(value) === true, `a header has what ${place} never held`);
    for (const [name, value] of params) {
      const rule = rules[name];
      demand(
        rule !== undefined && this.#allows(rule, value, said),
        `the parameter ${name} was ${JSON.stringify(value)}`,
      );
    }
  }

  #allows(rule: ReadParam, value: string, said: ReadonlyMap<string, ReadonlySet<string>>): boolean {
    if ("of" in rule) return rule.of.includes(value);
    if ("integer" in rule) return /^-?\d+$/.test(value) && +value >= rule.integer[0] && +value <= rule.integer[1];
    if ("argument" in rule) {
      this.give(rule.argument, value);
      return true;
    }
    if (value === "" && rule.orEmpty) return true;
    const { read, at } = "held" in rule ? rule.held : rule.seen;
    return ("held" in rule ? said : this.learnt).get(`${read}:${at}`)?.has(value) === true;
  }
}
