import { Bytes } from "./bytes.ts";

/** Of a longer string only both ends stand in `strings`: what lies within it stands in `all`. */
const ends = 512;
const mark = "\0";
/** A longer text is not joined to others before it is written: that would copy it. */
const long = 4_096;
const encoder = new TextEncoder();

/**
 * What a JSON value holds, as texts with a NUL after each leaf. A secret that is split over fields stands in one piece in
 * one of these, but for the NULs, which a search does not see.
 */
export class JsonText {
  /** Keys and values as they come. */
  readonly all = new Bytes();
  readonly strings = new Bytes();
  readonly keys = new Bytes();
  readonly numbers = new Bytes();
  /** The numbers as character codes. */
  readonly characters = new Bytes();

  add(value: unknown): void {
    const texts = {
      all: new Writer(this.all),
      strings: new Writer(this.strings),
      keys: new Writer(this.keys),
      numbers: new Writer(this.numbers),
      characters: new Writer(this.characters),
    };
    walk(value, texts);
    for (const text of Object.values(texts)) text.end();
  }

  /** Those that go on from one message to the next. */
  carried(): Bytes[] {
    return [this.strings, this.keys, this.numbers, this.characters];
  }

  /** Those that say something new. @param before how long each of the carried ones was before anything was added. */
  toSearch(before: readonly number[]): Bytes[] {
    const carried = this.carried().filter(({ length }, index) => length > (before[index] ?? 0));
    const strings = this.strings.view(before[0] ?? 0);
    return Buffer.compare(strings, this.all.view()) === 0 ? carried : [this.all, ...carried];
  }

  wipe(): void {
    for (const bytes of [this.all, ...this.carried()]) bytes.wipe();
  }
}

/** Writes the UTF-8 of texts, many at a time. */
class Writer {
  readonly #bytes: Bytes;
  #pending = "";

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  add(text: string): void {
    if (text.length > long) {
      this.end();
      this.#write(text);
    } else this.#pending += text;
  }

  end(): void {
    this.#write(this.#pending);
    this.#pending = "";
  }

  #write(text: string): void {
    if (text.length === 0) return;
    const bytes = this.#bytes;
    const data = bytes.reserve(text.length * 3);
    bytes.length += encoder.encodeInto(text, data.subarray(bytes.length)).written;
  }
}

type Texts = Readonly<Record<"all" | "strings" | "keys" | "numbers" | "characters", Writer>>;

/** Without recursion: a value may be as deep as its sender likes. */
function walk(root: unknown, { all, strings, keys, numbers, characters }: Texts): void {
  const values: unknown[] = [root];
  const names: (string | null)[] = [null];
  const add = (text: string, ...writers: Writer[]) => {
    for (const writer of writers) {
      writer.add(text);
      writer.add(mark);
    }
  };
  while (values.length > 0) {
    const value = values.pop();
    const name = names.pop();
    if (typeof name === "string") add(name, all, keys);
    if (typeof value === "string") {
      add(value, all);
      add(value.length <= 2 * ends ? value : value.slice(0, ends) + mark + value.slice(-ends), strings);
    } else if (typeof value === "number") {
      add(String(value), all, numbers);
      characters.add(characterOf(value));
    } else if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--) {
        values.push(value[index]);
        names.push(null);
      }
    } else if (typeof value === "object" && value !== null) {
      const fields = Object.keys(value);
      for (let index = fields.length - 1; index >= 0; index--) {
        values.push((value as Record<string, unknown>)[fields[index] as string]);
        names.push(fields[index] as string);
      }
    }
  }
}

function characterOf(number: number): string {
  return Number.isInteger(number) && number >= 0 && number <= 0x10ffff ? String.fromCodePoint(number) : mark;
}
