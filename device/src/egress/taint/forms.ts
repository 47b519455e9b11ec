import { canonical } from "./canonical.ts";
import { flatten, NormalisedText } from "./normalise.ts";

/** One way in which a secret may be written, normalised. */
export interface Form {
  readonly text: Uint8Array;
  /** So many characters of it in a row are a leak. */
  readonly need: number;
}

/** Fewer characters in a row are too often somewhere by chance. */
export const shortestForm = 6;

/**
 * The forms of a secret that a search looks for: as it is, in base64 at each of the three offsets, in hex, and each of
 * them backwards. Whatever else it may be written in is undone in the text that is searched, not done to the secret.
 * `part` is how many of the secret's characters in a row are a leak; null for all of them.
 */
export function formsOf(secret: string, part: number | null): Form[] {
  return [...inBothDirections(secret, part), ...encodedFormsOf(secret, part)];
}

/** Those in base64 and hex. */
export function encodedFormsOf(secret: string, part: number | null): Form[] {
  const bytes = Buffer.from(secret, "utf8");
  const inHex = inBothDirections(bytes.toString("hex"), part && 2 * part);
  const need = part && Math.floor((part * 4) / 3) - 3;
  const inBase64 = [0, 1, 2].flatMap((offset) => inBothDirections(base64At(bytes, offset), need));
  bytes.fill(0);
  return [...inHex, ...inBase64];
}

function inBothDirections(text: string, need: number | null): Form[] {
  return [text, [...text].reverse().join("")]
    .map(normalised)
    .filter((form) => form.length >= shortestForm)
    .map((form) => ({ text: form, need: Math.min(need ?? form.length, form.length) }));
}

/** The characters of base64 that depend on these bytes alone, when `offset` others stand before them. */
function base64At(bytes: Buffer, offset: number): string {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
  const text = padded.toString("base64");
  padded.fill(0);
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/** A short text as a search sees it. */
export function normalised(text: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(canonical(text), "utf8"));
  const seen = new NormalisedText();
  seen.read(bytes.subarray(0, flatten(bytes)));
  bytes.fill(0);
  const form = seen.text.view().slice();
  seen.text.wipe();
  return form;
}
