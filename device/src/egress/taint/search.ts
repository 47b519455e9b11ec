import { isAscii } from "node:buffer";
import { allLeads, decodeBase64, decodeHex, signLeads } from "./base64-hex.ts";
import { Bytes } from "./bytes.ts";
import { canonical } from "./canonical.ts";
import { escapings, reverseNear, unescapeNear } from "./escapes.ts";
import type { Form } from "./forms.ts";
import { flatten, NormalisedText } from "./normalise.ts";
import { NumericCodes } from "./numeric-codes.ts";
import { closeUp, closeUpEnds } from "./spaced.ts";
import { SubstringIndex } from "./substring-index.ts";

/** Encodings within encodings are undone so many times. */
const deepest = 4;
const shortestMargin = 16;

/** What a search looks for on behalf of one secret. */
export interface Sought {
  readonly forms: readonly Form[];
  /** Normalised; null for what is no code. */
  readonly code: string | null;
  /** Looked for byte by byte: a secret of signs, of which nothing is left when it is normalised. */
  readonly exact: readonly Buffer[];
  /** So far from an escape sequence the secret may begin or end. */
  readonly margin: number;
}

interface Level {
  readonly normalised: NormalisedText;
  readonly decoded: Bytes;
}

/** Finds secrets in a text, whatever the text is encoded in. Wipes what it decoded. */
export class Search<Owner> {
  /** From the one that needs the longest matches, and so the fewest looks. */
  readonly #indexes = [
    new SubstringIndex<Owner>(8, 5),
    new SubstringIndex<Owner>(4, 5),
    new SubstringIndex<Owner>(4, 3),
  ] as const;
  readonly #codes = new NumericCodes<Owner>();
  #exact: { readonly owner: Owner; readonly bytes: Buffer }[] = [];
  #margin = shortestMargin;
  #leads = signLeads;
  readonly #levels: readonly Level[] = Array.from({ length: deepest + 1 }, () => ({
    normalised: new NormalisedText(),
    decoded: new Bytes(),
  }));

  add(owner: Owner, { forms, code, exact, margin }: Sought): void {
    for (const form of forms) this.#indexes.find(({ reach }) => form.need >= reach)?.add(owner, form);
    this.#margin = Math.max(this.#margin, margin);
    if (forms.some(({ text }) => !isAscii(text))) this.#leads = allLeads;
    if (code !== null) this.#codes.add(owner, code);
    for (const bytes of exact) this.#exact.push({ owner, bytes });
  }

  clear(): void {
    for (const index of this.#indexes) index.clear();
    this.#codes.clear();
    this.#exact = [];
    this.#margin = shortestMargin;
    this.#leads = signLeads;
  }

  /** Looks for the secrets in the UTF-8 text, and in what it is an encoding of unless `asItIs`. It may change the text. */
  run(text: Uint8Array, onHit: (owner: Owner) => void, asItIs = false): void {
    if (text.length > 0) this.#level(text, asItIs ? deepest : 0, onHit);
    for (const { normalised, decoded } of this.#levels) {
      normalised.text.wipe();
      decoded.wipe();
    }
  }

  #level(bytes: Uint8Array, depth: number, onHit: (owner: Owner) => void): void {
    const { normalised } = this.#levels[depth] as Level;
    const text = isAscii(bytes) ? bytes : flat(bytes);
    normalised.read(text);
    for (const index of this.#indexes) index.search(normalised.text.view(), onHit);
    this.#codes.search(text, normalised.text.view(), onHit);
    for (const { owner, bytes: sought } of this.#exact) if (bufferOf(text).includes(sought)) onHit(owner);
    if (depth < deepest) this.#decode(text, depth, onHit);
    if (text !== bytes) text.fill(0);
  }

  #decode(text: Uint8Array, depth: number, onHit: (owner: Owner) => void): void {
    const { normalised, decoded } = this.#levels[depth] as Level;
    const buffer = bufferOf(text);
    const decoders = [
      ...escapings.flatMap((escaping) => [
        () => unescapeNear(buffer, escaping, this.#margin, decoded),
        () => reverseNear(buffer, escaping, this.#margin, decoded),
      ]),
      () => decodeBase64(text, this.#leads, decoded),
      () => decodeHex(normalised.text.view(), this.#leads, decoded),
      () => closeUp(text, decoded),
      () => closeUpEnds(text, decoded),
    ];
    for (const decode of decoders) {
      decoded.clear();
      decode();
      if (decoded.length > 0) this.#level(decoded.view(), depth + 1, onHit);
    }
  }
}

/** The canonical text, with one byte for each sign above ASCII. */
function flat(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Buffer.from(canonical(bufferOf(bytes).toString("utf8")), "utf8"));
  return whole.subarray(0, flatten(whole));
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
