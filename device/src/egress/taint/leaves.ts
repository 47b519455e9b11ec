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
  all: string;
  strings: string;
  keys: string;
  numbers: string;
  characters: string;
}

/** Without recursion: a value may be as deep as its sender likes. */
function walk(root: unknown): Texts {
  const texts: Texts = { all: "", strings: "", keys: "", numbers: "", characters: "" };
  const values: unknown[] = [root];
  const names: (string | null)[] = [null];
  while (values.length > 0) {
    const value = values.pop();
    const name = names.pop();
    if (typeof name === "string") {
      texts.keys += name + mark;
      texts.all += name + mark;
    }
    if (typeof value === "string") {
      texts.all += value + mark;
      texts.strings += (value.length <= 2 * ends ? value : value.slice(0, ends) + mark + value.slice(-ends)) + mark;
    } else if (typeof value === "number") {
      texts.all += value + mark;
      texts.numbers += value + mark;
      texts.characters += characterOf(value);
    } else if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--) {
        values.push(value[index]);
        names.push(null);
      }
    } else if (typeof value === "object" && value !== null) {
      const keys = Object.keys(value);
      for (let index = keys.length - 1; index >= 0; index--) {
        values.push((value as Record<string, unknown>)[keys[index] as string]);
        names.push(keys[index] as string);
      }
    }
  }
  return texts;
}

function characterOf(number: number): string {
  return Number.isInteger(number) && number >= 0 && number <= 0x10ffff ? String.fromCodePoint(number) : mark;
}

function write(bytes: Bytes, text: string): void {
  if (text.length === 0) return;
  const data = bytes.reserve(text.length * 3);
  bytes.length += encoder.encodeInto(text, data.subarray(bytes.length)).written;
}
