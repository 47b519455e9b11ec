import type { ReadDeclaration, ReadParam } from "@passage/protocol/reads/declaration";
import type * as z from "zod";
import { givenName } from "./given-name.ts";

/** The parameters of a read, by name, and what each may be. */
export type Rules = Readonly<Record<string, ReadParam>>;

/** What a request gives for a parameter of this rule. */
type Given<Rule> = Rule extends { of: readonly (infer Text)[] }
  ? Text
  : Rule extends { integer: unknown }
    ? number
    : Rule extends { held: unknown }
      ? true | ""
      : string;
/** The parameters of a read, as `page.read` takes them. */
export type ParamsOf<Params extends Rules> = { readonly [Name in keyof Params]: Given<Params[Name]> };

/** A read that an operation declares: what is asked, and the only thing that leaves the device of the answer. */
export interface Read<Data extends z.ZodType = z.ZodType, Params extends Rules = Rules> {
  /** For people: what leaves. */
  readonly what: string;
  readonly data: Data;
  readonly declaration: ReadDeclaration;
  readonly params: Params;
  /** So many rows at most. */
  readonly newest?: number;
}

/** The read's name and digest, as a request has it. */
export function nameOfRead(read: Read): string {
  const name = givenName(read);
  if (name === undefined) throw new Error(`The read of ${read.what} is not among the operation's reads({ … }).`);
  return name;
}
