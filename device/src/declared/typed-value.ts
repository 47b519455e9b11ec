import { PassageError } from "@passage/protocol/errors";
import { writeLeaf } from "@passage/protocol/reads/leaf";
import type { FieldKind } from "@passage/protocol/steps";

/**
 * Holds a value to the kind of its field, so that a field of one kind cannot carry anything else.
 * @throws `invalid_params`; the message holds no value.
 */
export function demandKind(kind: FieldKind, value: string): void {
  if (!forms[kind](value))
    throw new PassageError(
      "invalid_params",
      `params.value, for a field of the kind ${kind}, is not of the field's kind`,
    );
}

const digitsOf = (value: string) => value.replace(/[ -]/g, "");
const any = () => true;
const forms: Readonly<Record<FieldKind, (value: string) => boolean>> = {
  "cc-number": (value) => /^\d{12,19}$/.test(digitsOf(value)),
  "cc-exp": (value) => writeLeaf({ leaf: "expiry" }, value) !== undefined,
  "cc-csc": (value) => /^\d{3,4}$/.test(value),
  "postal-code": (value) => writeLeaf({ leaf: "postcode" }, value) !== undefined,
  "cc-name": any,
  address: any,
  other: any,
};
