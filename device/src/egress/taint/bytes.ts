/** Who writes into `data` several bytes at a time may leave so many behind the end. */
const slack = 2;

/** A byte string that grows. `data` may be larger than what is in it, and moves when it grows. */
export class Bytes {
  data: Uint8Array = new Uint8Array(256);
  length = 0;
  #highest = 0;

  /** Makes room for as many more, so that the caller may write into `data`. */
  reserve(more: number): Uint8Array {
    const wanted = this.length + more;
    if (wanted > this.data.length) {
      const larger = new Uint8Array(Math.max(wanted, this.data.length * 2));
      larger.set(this.data.subarray(0, this.length));
      this.data.fill(0);
      this.data = larger;
    }
    return this.data;
  }

  push(byte: number): void {
    if (this.length === this.data.length) this.reserve(1);
    this.data[this.length++] = byte;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length).set(bytes, this.length);
    this.length += bytes.length;
  }

  view(from = 0): Uint8Array {
    return this.data.subarray(from, this.length);
  }

  clear(): void {
    this.#highest = Math.max(this.#highest, this.length);
    this.length = 0;
  }

  /** Empties it and overwrites all that was ever in it. */
  wipe(): void {
    this.clear();
    this.data.fill(0, 0, this.#highest + slack);
    this.#highest = 0;
  }

  /** The UTF-8 of a code point; of a lone surrogate too. */
  pushCodePoint(code: number): void {
    if (code < 0x80) return this.push(code);
    if (code < 0x800) return this.#push2(0xc0 | (code >> 6), code);
    if (code < 0x10000) {
      this.push(0xe0 | (code >> 12));
      return this.#push2(0x80 | ((code >> 6) & 63), code);
    }
    this.push(0xf0 | ((code >> 18) & 7));
    this.push(0x80 | ((code >> 12) & 63));
    this.#push2(0x80 | ((code >> 6) & 63), code);
  }

  #push2(first: number, code: number): void {
    this.push(first);
    this.push(0x80 | (code & 63));
  }
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
