import { Bytes } from "./bytes.ts";

/** Of a longer string only both ends stand in `strings`: what lies within it stands in `all`. */
const ends = 512;
const mark = "\0";
const encoder = new TextEncoder();

/**
 * What a JSON value holds, as texts with a NUL after each leaf. A secret that is split over fields stands in one piece in
 * one of these, but for the NULs, which a search does not see.
 */
export class Leaves {
  /** Keys and values as they come. */
  readonly all = new Bytes();
  readonly strings = new Bytes();
  readonly keys = new Bytes();
  readonly numbers = new Bytes();
  /** The numbers as character codes. */
  readonly characters = new Bytes();

  add(value: unknown): void {
    const found = walk(value);
    write(this.all, found.all);
    write(this.strings, found.strings);
    write(this.keys, found.keys);
    write(this.numbers, found.numbers);
    write(this.characters, found.characters);
  }

  /** Those that go on from one message to the next. */
  carried(): Bytes[] {
    return [this.strings, this.keys, this.numbers, this.characters];
  }

  wipe(): void {
    for (const bytes of [this.all, ...this.carried()]) bytes.wipe();
  }
}

interface Texts {
  readonly all: string[];
  readonly strings: string[];
  readonly keys: string[];
  readonly numbers: string[];
  readonly characters: string[];
}

/** Without recursion: a value may be as deep as its sender likes. */
function walk(root: unknown): Texts {
  const texts: Texts = { all: [], strings: [], keys: [], numbers: [], characters: [] };
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value instanceof Key) {
      texts.keys.push(value.name);
      texts.all.push(value.name);
    } else if (typeof value === "string") {
      texts.all.push(value);
      texts.strings.push(value.length <= 2 * ends ? value : value.slice(0, ends) + mark + value.slice(-ends));
    } else if (typeof value === "number") {
      texts.all.push(String(value));
      texts.numbers.push(String(value));
      texts.characters.push(
        Number.isInteger(value) && value >= 0 && value <= 0x10ffff ? String.fromCodePoint(value) : mark,
      );
    } else if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--) waiting.push(value[index]);
    } else if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value);
      for (let index = entries.length - 1; index >= 0; index--) {
        const [name, entry] = entries[index] as [string, unknown];
        waiting.push(entry, new Key(name));
      }
    }
  }
  return texts;
}

class Key {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

function write(bytes: Bytes, texts: readonly string[]): void {
  if (texts.length === 0) return;
  const text = texts.join(mark) + mark;
  const data = bytes.reserve(text.length * 3);
  bytes.length += encoder.encodeInto(text, data.subarray(bytes.length)).written;
}
