import { PassageError } from "@passage/protocol/errors";
import { writeLeaf } from "@passage/protocol/reads/leaf";
import type { StepDeclaration } from "@passage/protocol/steps";

type FieldKind = Extract<StepDeclaration, { fill: string }>["kind"];

/** Keys that do something (Enter, Tab), line breaks, and marks that change how a text reads. Joiners are letters of some scripts. */
const unprintable = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Holds a value to the kind of its field, so that it is what the person is asked about and nothing more.
 * @throws `invalid_params`; the message holds no value.
 */
export function demandKind(kind: FieldKind, value: string): void {
  if (unprintable.test(value)) throw unfit(kind, "has a line break or a character that is not shown");
  if (!forms[kind](value)) throw unfit(kind, "is not of the field's kind");
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

function unfit(kind: FieldKind, why: string): PassageError {
  return new PassageError("invalid_params", `params.value, for a field of the kind ${kind}, ${why}`);
}
