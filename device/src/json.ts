/**
 * Parses JSON without changing a number: one that JavaScript cannot hold exactly, such as an id over 2^53 or a decimal of 20
 * digits, becomes a string with its digits as written. `42.10` is the number 42.1, which is the same amount.
 * @throws SyntaxError where the text is not JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && context?.source !== undefined ? exact(value, context.source) : value,
  );
}

/** So many significant digits always survive the way through a double. */
const safeDigits = 15;

function exact(value: number, source: string): number | string {
  if (source.length <= safeDigits && !/e/i.test(source)) return value;
  return canonical(source) === canonical(String(value)) ? value : source;
}

/** The number as its significant digits and the power of ten of the last one. */
function canonical(number: string): string {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`;
}
