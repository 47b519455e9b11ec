import { PassageError } from "@passage/protocol/errors";
import type { ReadParam } from "@passage/protocol/reads/declaration";
import { writeLeaf } from "@passage/protocol/reads/leaf";
import type { AccountCodes } from "./account-codes.ts";
import type { LeafSession, Projected } from "./projection.ts";

export type ParamValue = string | number | boolean;

const mostHandles = 9_999;
const maxArgumentLength = 2_048;
/**
 * What a person who is asked about an argument would not see: keys that do something (Enter, Tab), line breaks, marks that change
 * how a text reads, and all that has no width. Between letters of scripts that join them, a joiner shows.
 */
const joins =
  "[\\p{sc=Arab}\\p{sc=Syrc}\\p{sc=Deva}\\p{sc=Beng}\\p{sc=Guru}\\p{sc=Gujr}\\p{sc=Orya}\\p{sc=Taml}\\p{sc=Telu}\\p{sc=Knda}\\p{sc=Mlym}\\p{sc=Sinh}\\p{sc=Khmr}\\p{sc=Mymr}\\p{sc=Mong}]";
const unshown = new RegExp(
  `(?!(?<=${joins})[\\u200c\\u200d](?=${joins}))[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]`,
  "u",
);

/**
 * What one operation has read and typed so far, and what follows from it for what it may ask next. Nothing here leaves the
 * device.
 */
export class ReadMemory {
  readonly #seen = new Map<string, Set<string>>();
  readonly #held = new Map<string, string>();
  readonly #handles = new Map<string, string>();
  readonly #arguments = new Map<string, string>();
  /** Those that the site has been given: typed into a field, or sent with a request. */
  readonly #given = new Set<string>();

  /** What the leaves of the operation's reads are written with. A text has one handle in all of them. */
  leafSession(codes: AccountCodes): LeafSession {
    return {
      accountId: (value) => codes.of(value),
      handle: (text) => this.#handle(text),
      isSame: ({ argument, as }, value) => {
        const known = this.argument(argument);
        if (known === undefined) return undefined;
        const leaf =
          as === "text"
            ? ({ leaf: as, max: 500, digits: true } as const)
            : as === "id"
              ? ({ leaf: as, max: 64, digits: true } as const)
              : ({ leaf: as } as const);
        const written = writeLeaf(leaf, value);
        return written === undefined ? undefined : written === writeLeaf(leaf, known);
      },
    };
  }

  /** Keeps what a read holds back. */
  hold(read: string, { held }: Projected): void {
    for (const [at, value] of held) this.#held.set(`${read}:${at}`, value);
  }

  /** Keeps what a read has sent. */
  sent(read: string, { seen }: Projected): void {
    for (const [at, values] of seen) {
      const known = this.#seen.get(`${read}:${at}`) ?? new Set();
      for (const value of values) known.add(value);
      this.#seen.set(`${read}:${at}`, known);
    }
  }

  held({ read, at }: { readonly read: string; readonly at: string }): string | undefined {
    return this.#held.get(`${read}:${at}`);
  }

  /**
   * An argument's value as it was given first: from then on it is that in the whole operation, so that what the person
   * confirms is what is typed.
   * @throws `invalid_params` for another value, and for one with characters that are not shown. The message holds no value.
   */
  bind(argument: string, value: string): void {
    if (unshown.test(value))
      throw new PassageError(
        "invalid_params",
        `The argument ${argument} has a line break or a character that is not shown`,
      );
    const known = this.#arguments.get(argument);
    if (value.length > maxArgumentLength || (known !== undefined && known !== value))
      throw new PassageError(
        "invalid_params",
        `The argument ${argument} has another value than before in this operation`,
      );
    this.#arguments.set(argument, value);
  }

  /** The argument has been typed, or is sent now. What only was tried to be typed is no argument yet. */
  give(argument: string): void {
    this.#given.add(argument);
  }

  /** The value of an argument, or of `.last4` its last four characters. Undefined: it was not given yet. */
  argument(path: string): string | undefined {
    const whole = this.#known(path);
    if (whole !== undefined || !path.endsWith(".last4")) return whole;
    const digits = this.#known(path.slice(0, -".last4".length))?.replace(/[\s-]/g, "");
    return digits !== undefined && /^\d{12,19}$/.test(digits) ? digits.slice(-4) : undefined;
  }

  /**
   * The text that a parameter stands for.
   * @throws `invalid_params` where the rule does not allow what was given. The message holds no value.
   */
  param(name: string, rule: ReadParam, given: ParamValue | undefined): string {
    const value = this.#allowed(rule, given);
    if (value === undefined)
      throw new PassageError("invalid_params", `params.${name} is not one that the manifest allows now`);
    return value;
  }

  #allowed(rule: ReadParam, given: ParamValue | undefined): string | undefined {
    if ("of" in rule) return typeof given === "string" && rule.of.includes(given) ? given : undefined;
    if ("integer" in rule) {
      const [min, max] = rule.integer;
      return typeof given === "number" && Number.isInteger(given) && given >= min && given <= max
        ? String(given + 0)
        : undefined;
    }
    if ("argument" in rule) {
      if (typeof given !== "string") return undefined;
      this.bind(rule.argument, given);
      this.give(rule.argument);
      return given;
    }
    if (given === "" && rule.orEmpty) return "";
    if ("held" in rule) return given === true ? this.held(rule.held) : undefined;
    const { read, at } = rule.seen;
    if (typeof given !== "string" && typeof given !== "number") return undefined;
    return this.#seen.get(`${read}:${at}`)?.has(String(given)) ? String(given) : undefined;
  }

  #known(argument: string): string | undefined {
    return this.#given.has(argument) ? this.#arguments.get(argument) : undefined;
  }

  #handle(text: string): string | null {
    const handle = this.#handles.get(text) ?? `h${this.#handles.size + 1}`;
    if (this.#handles.size >= mostHandles && !this.#handles.has(text)) return null;
    this.#handles.set(text, handle);
    return handle;
  }
}
