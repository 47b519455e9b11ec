import type { Form } from "./forms.ts";

/**
 * Finds forms in a text by looking at a piece of it every few characters, as rsync does: a match of `size + stride - 1`
 * characters in a row holds such a piece wherever it begins. So the cost hardly depends on the number of forms.
 */
export class SubstringIndex<Owner> {
  readonly #size: 4 | 8;
  readonly #stride: number;
  #forms: { readonly owner: Owner; readonly form: Form; readonly view: DataView }[] = [];
  /** For each piece: its hash, whose it is, and where it stands in its form. */
  #pieces = 0;
  #hashes = new Int32Array(1024);
  #formOf = new Int32Array(1024);
  #places = new Int32Array(1024);
  /** Open addressing: a place's number plus one, or 0. */
  #slots = new Int32Array(2048);
  /** A bit for each piece that is there, by the top bits of a cheaper hash, so that most looks end here. */
  #bits = new Uint8Array(8192);
  #shift = 16;

  constructor(size: 4 | 8, stride: number) {
    this.#size = size;
    this.#stride = stride;
  }

  /** The shortest match that it is sure to find. */
  get reach(): number {
    return this.#size + this.#stride - 1;
  }

  add(owner: Owner, form: Form): void {
    const { text, need } = form;
    const last = need === text.length ? this.#stride - 1 : text.length - this.#size;
    const view = viewOf(text);
    const number = this.#forms.push({ owner, form, view }) - 1;
    for (let at = 0; at <= last; at++) this.#insert(number, at, this.#hash(view, at));
  }

  clear(): void {
    this.#forms = [];
    this.#pieces = 0;
    this.#hashes = new Int32Array(1024);
    this.#formOf = new Int32Array(1024);
    this.#places = new Int32Array(1024);
    this.#slots = new Int32Array(2048);
    this.#bits = new Uint8Array(8192);
    this.#shift = 16;
  }

  search(text: Uint8Array, onHit: (owner: Owner) => void): void {
    if (this.#pieces === 0) return;
    const view = viewOf(text);
    const bits = this.#bits;
    const shift = this.#shift;
    const size = this.#size;
    const stride = this.#stride;
    const last = text.length - size;
    for (let at = 0; at <= last; at += stride) {
      const bit = bitOf(view, at, size, shift);
      if (((bits[bit >> 3] as number) & (1 << (bit & 7))) === 0) continue;
      const end = this.#look(text, at, this.#hash(view, at), onHit);
      // What was found is passed over, so that a text full of one secret costs no more than another.
      if (end > at + stride) at = end - (end % stride) - stride;
    }
  }

  /** Returns where the longest match there ends, or 0. */
  #look(text: Uint8Array, at: number, hash: number, onHit: (owner: Owner) => void): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let furthest = 0;
    for (let slot = spread(hash) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = (slots[slot] as number) - 1;
      if (this.#hashes[number] !== hash) continue;
      const { owner, form } = this.#forms[this.#formOf[number] as number] as { owner: Owner; form: Form };
      const end = matchEnd(text, at, form, this.#places[number] as number);
      if (end === 0) continue;
      furthest = Math.max(furthest, end);
      onHit(owner);
    }
    return furthest;
  }

  #hash(view: DataView, at: number): number {
    const low = Math.imul(view.getInt32(at, true), 0x9e3779b1);
    const both = this.#size === 8 ? Math.imul(low ^ (low >>> 15), 0x85ebca6b) ^ view.getInt32(at + 4, true) : low;
    const mixed = Math.imul(both ^ (both >>> 16), 0xc2b2ae35);
    return mixed ^ (mixed >>> 15);
  }

  #insert(form: number, place: number, hash: number): void {
    const number = this.#pieces++;
    if (number >= this.#hashes.length) this.#grow();
    this.#hashes[number] = hash;
    this.#formOf[number] = form;
    this.#places[number] = place;
    this.#enter(number);
  }

  #enter(number: number): void {
    const hash = this.#hashes[number] as number;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = spread(hash) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
    const { view } = this.#forms[this.#formOf[number] as number] as { view: DataView };
    const bit = bitOf(view, this.#places[number] as number, this.#size, this.#shift);
    this.#bits[bit >> 3] = (this.#bits[bit >> 3] as number) | (1 << (bit & 7));
  }

  #grow(): void {
    const capacity = this.#hashes.length * 2;
    this.#hashes = grown(this.#hashes, capacity);
    this.#formOf = grown(this.#formOf, capacity);
    this.#places = grown(this.#places, capacity);
    this.#slots = new Int32Array(capacity * 2);
    this.#bits = new Uint8Array(capacity * 2);
    this.#shift = Math.clz32(this.#bits.length * 8) + 1;
    for (let number = 0; number < this.#pieces - 1; number++) this.#enter(number);
  }
}

function grown(numbers: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(numbers);
  return larger;
}

/** Where the match with the form ends that has this place of it at this place of the text; 0 if too short. */
function matchEnd(text: Uint8Array, at: number, { text: form, need }: Form, place: number): number {
  let before = 0;
  while (before < place && before < at && text[at - 1 - before] === form[place - 1 - before]) before++;
  let after = 0;
  while (place + after < form.length && text[at + after] === form[place + after]) after++;
  return before + after >= need ? at + after : 0;
}

/** The place of a piece's bit. */
function bitOf(view: DataView, at: number, size: 4 | 8, shift: number): number {
  const low = Math.imul(view.getInt32(at, true), 0x9e3779b1);
  return (size === 8 ? low + Math.imul(view.getInt32(at + 4, true), 0x85ebca6b) : low) >>> shift;
}

function spread(hash: number): number {
  return Math.imul(hash, 0x27d4eb2f) >>> 7;
}

function viewOf(text: Uint8Array): DataView {
  return new DataView(text.buffer, text.byteOffset, text.byteLength);
}
