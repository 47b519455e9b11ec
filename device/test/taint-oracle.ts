import { type Encoder, encoders } from "./encoders.ts";

/**
 * A slow and obvious search for a secret: every way of writing it, each as a text to look for. It shares nothing with the
 * device's search.
 */
const lowest: () => number = () => 0;
const highest: () => number = () => 0.99;
const each = Object.values(encoders);

/** The secret as each encoder writes it, with its choices at either end. */
function written(text: string): string[] {
  return each.flatMap((encode: Encoder) => [encode(text, lowest), encode(text, highest)]);
}

/** In one encoding, and in each encoding of each. */
export function writings(secret: string): Set<string> {
  const once = written(secret);
  return new Set([secret, ...once, ...once.flatMap(written)]);
}

/** Whether the text holds the secret in one encoding or in two, exactly. */
export function holds(text: string, secret: string): boolean {
  for (const writing of writings(secret)) if (text.includes(writing)) return true;
  return false;
}

/** Letters and digits, in one case and without marks. */
export function letters(text: string): string {
  return text
    .normalize("NFKD")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** The texts that a text may be an encoding of, undone as a whole. */
function undone(text: string): string[] {
  const base64 = text.replace(/[^A-Za-z0-9+/_-]/g, "");
  const runs = text.match(/[A-Za-z0-9+/_\r\n-]{8,}/g) ?? [];
  const hex =
    letters(text)
      .replace(/0x/g, "")
      .match(/[0-9a-f]{8,}/g) ?? [];
  const offsets = (run: string, step: number, encoding: "base64" | "hex") =>
    Array.from({ length: step }, (_, at) =>
      Buffer.from(run.replace(/[\r\n]/g, "").slice(at), encoding).toString("utf8"),
    );
  return [
    text.replace(/%([0-9a-f]{2})/gi, (_all, byte: string) => String.fromCharCode(Number.parseInt(byte, 16))),
    text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8")),
    text.replace(/\\u([0-9a-f]{4})/gi, (_all, unit: string) => String.fromCharCode(Number.parseInt(unit, 16))),
    text.replace(/\\(.)/g, "$1"),
    text.replace(/&#(x?)([0-9a-f]+);?/gi, (_all, x: string, number: string) =>
      String.fromCodePoint(Number.parseInt(number, x ? 16 : 10) % 0x10ffff),
    ),
    text
      .replace(/&amp;/g, "&")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"'),
    ...[base64, ...runs].flatMap((run) => offsets(run, 4, "base64")),
    ...hex.flatMap((run) => offsets(run, 2, "hex")),
    [...text].reverse().join(""),
  ];
}

/** What the device's search allows itself beyond the exact writings, each by its name. */
export const tolerances: Readonly<Record<string, (text: string, secret: string, part: number | null) => boolean>> = {
  "case, punctuation, spaces and marks do not count": (text, secret) => {
    const seen = letters(text);
    for (const writing of writings(secret))
      if (letters(writing).length >= 6 && seen.includes(letters(writing))) return true;
    return false;
  },
  "of a random secret a part is enough": (text, secret, part) =>
    part !== null && holdsPart(letters(text), secret, part),
  "an encoding is undone wherever it stands": (text, secret, part) =>
    undone(text).some((once) =>
      [once, ...undone(once)].some((seen) => {
        const plain = letters(seen);
        const sought = letters(secret);
        const isWhole = plain.includes(sought) || plain.includes([...sought].reverse().join(""));
        return isWhole || (part !== null && holdsPart(plain, secret, part));
      }),
    ),
};

/** Whether so many of the secret's letters in a row are in the text, plain, in base64 or hex, or backwards. */
function holdsPart(seen: string, secret: string, part: number): boolean {
  const bytes = Buffer.from(secret);
  const forms: [string, number][] = [
    [letters(secret), part],
    [bytes.toString("hex"), 2 * part],
    ...[0, 1, 2].map((offset): [string, number] => [
      letters(Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64")),
      Math.floor((part * 4) / 3) - 3,
    ]),
  ];
  return forms.some(([form, need]) =>
    [form, [...form].reverse().join("")].some((one) => {
      for (let at = 0; at + need <= one.length; at++) if (seen.includes(one.slice(at, at + need))) return true;
      return false;
    }),
  );
}
