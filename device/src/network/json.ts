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

/** The same, where most texts have no such number: keeping all digits costs a call for each value. */
export function parseJsonFast(text: string): unknown {
  return hasLongNumber(text) ? parseJson(text) : JSON.parse(text);
}

const longNumber = 16;

/** Whether there are sixteen digits in a row. Looks at one character in sixteen, which such a row cannot evade. */
function hasLongNumber(text: string): boolean {
  for (let at = longNumber - 1; at < text.length; at += longNumber) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end < text.length && isDigit(text.charCodeAt(end))) end++;
    if (end - start >= longNumber) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
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
