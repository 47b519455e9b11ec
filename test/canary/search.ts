import type { Canary } from "./canaries.ts";

/** Bytes that left the device one way, in messages as they were sent. */
export interface Recording {
  readonly name: string;
  readonly messages: readonly string[];
  /** What others have of another recording: it is read as it is. */
  readonly derived?: true;
}

export interface Leak {
  readonly canary: Canary;
  readonly recording: string;
  /** What had to be undone to see it, outermost first. */
  readonly written: string;
  /** What stands around it, to tell a leak from digits that met by chance, as in a hash. Canaries are invented: it may be printed. */
  readonly near: string;
}

/**
 * Looks for canaries in what left the device, in every encoding of `docs/privacy-attacks.md` and in two of them one in the other,
 * split over the fields of a message and over messages. It shares no line with the device's own scan, which it is there to judge.
 */
export function leaks(canaries: readonly Canary[], recordings: readonly Recording[]): Leak[] {
  const found: Leak[] = [];
  for (const { name: recording, messages, derived } of recordings) {
    const needles = canaries.map((canary) => ({ canary, finds: finder(canary.value, derived === true) }));
    for (const { text, written } of readings(messages.map(withoutHead), derived ? 0 : 2)) {
      const close = squeeze(text);
      for (const { canary, finds } of needles) {
        const near = finds(text, close);
        if (near !== null && !found.some((leak) => leak.canary === canary && leak.recording === recording))
          found.push({ canary, recording, written, near });
      }
    }
  }
  return found;
}

/** The ledger's head is a SHA-256, as ledger.test.ts shows: six digits meet in one of thousands by chance. */
function withoutHead(message: string): string {
  return message.replace(/("ledger":\{"head":")[0-9a-f]{64}"/g, '$1"');
}

/** Returns what stands around the canary; null where it is not. */
type Finder = (text: string, squeezed: string) => string | null;

const around = (text: string, at: number) => (at < 0 ? null : text.slice(Math.max(0, at - 60), at + 100));

/**
 * A code of digits counts where it stands alone, or as neighbouring digits; everything else letter by letter. In a database's
 * bytes six digits near each other are found by chance, so there a code counts as a whole word.
 */
function finder(value: string, derived: boolean): Finder {
  const backwards = [...value].reverse().join("");
  if (/^\d+$/.test(value)) {
    const [gap, edge] = derived ? ["", "\\w"] : ["\\D{0,4}", "\\d"];
    const patterns = [value, backwards].map((digits) => new RegExp(`(?<!${edge})${[...digits].join(gap)}(?!${edge})`));
    return (text) => around(text, Math.max(...patterns.map((pattern) => text.search(pattern))));
  }
  const needles = [value, backwards].map(squeeze);
  return (_text, squeezed) => around(squeezed, Math.max(...needles.map((needle) => squeezed.indexOf(needle))));
}

/** Letters and digits only, in one case: what was put between or around them does not hide them. */
function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "");
}

interface Reading {
  readonly text: string;
  readonly written: string;
}

/** A picture's base64 is large and means nothing as text: it is read once, not twice. */
const longestNested = 200_000;

function* readings(messages: readonly string[], depth: number): Generator<Reading> {
  const leaves = new Set<string>();
  const byPath = new Map<string, string[]>();
  const payloads: string[] = [];
  for (const message of messages) {
    const value = parse(message);
    for (const [path, leaf] of leavesOf(value)) {
      leaves.add(leaf);
      const at = byPath.get(path);
      if (at) at.push(leaf);
      else byPath.set(path, [leaf]);
      if (/result|payload|error/.test(path)) payloads.push(leaf);
    }
  }
  const joined = [...byPath.values(), payloads].map((parts) => parts.join(""));
  yield { text: messages.join("\n"), written: "as sent" };
  yield* undone({ text: [...leaves].join("\n"), written: "in a field" }, depth);
  for (const text of joined)
    yield* undone({ text, written: "split" }, text.length > longestNested ? 0 : Math.min(depth, 1));
}

function* undone({ text, written }: Reading, depth: number): Generator<Reading> {
  yield { text, written };
  if (depth === 0) return;
  for (const [name, undo] of Object.entries(decoders))
    for (const inner of undo(text))
      if (inner !== text && inner !== "") {
        const nested = inner.length > longestNested ? 0 : depth - 1;
        yield* undone({ text: inner, written: `${written}, ${name}` }, nested);
      }
}

const decoders: Readonly<Record<string, (text: string) => readonly string[]>> = {
  percent: (text) => [
    text.replaceAll("+", " ").replace(/(?:%[0-9a-f]{2})+/gi, (run) => hexText(run.replaceAll("%", ""))),
  ],
  "character codes": (text) => [
    text
      .replace(/\\+u\{?([0-9a-f]{1,6})\}?/gi, (_all, code) => character(code, 16))
      .replace(/\\+x([0-9a-f]{2})/gi, (_all, code) => character(code, 16))
      .replace(/&#x([0-9a-f]+);?/gi, (_all, code) => character(code, 16))
      .replace(/&#(\d+);?/g, (_all, code) => character(code, 10))
      .replace(/&(quot|lt|gt|amp|apos);/g, (_all, name: keyof typeof entities) => entities[name]),
  ],
  base64: (text) => {
    const runs = text.replace(/\\?[\r\n]+/g, "").match(/[A-Za-z0-9+/_-]{8,}/g) ?? [];
    // A run may have begun with something else, which shifts it.
    return [0, 1, 2, 3].map((shift) =>
      runs.map((run) => Buffer.from(run.slice(shift), "base64").toString("latin1")).join("\n"),
    );
  },
  hex: (text) => {
    const runs = text.match(/(?:(?:0x)?[0-9a-f]{2}[\s:,-]{0,2}){4,}/gi) ?? [];
    const digits = runs.map((run) => run.replace(/0x|[^0-9a-f]/gi, ""));
    return [0, 1].map((shift) => digits.map((run) => hexText(run.slice(shift))).join("\n"));
  },
  backwards: (text) => [[...text].reverse().join("")],
};

const entities = { quot: '"', lt: "<", gt: ">", amp: "&", apos: "'" } as const;

function character(code: string, radix: number): string {
  const point = Number.parseInt(code, radix);
  return point <= 0x10ffff ? String.fromCodePoint(point) : "";
}

function hexText(digits: string): string {
  return Buffer.from(digits, "hex").toString("utf8");
}

function parse(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return message;
  }
}

/** Every string, number and name in a JSON value, with its place; the place of list entries is the list's. */
function* leavesOf(value: unknown, path = ""): Generator<[path: string, leaf: string]> {
  if (typeof value !== "object" || value === null) return void (yield [path, String(value)]);
  for (const [name, entry] of Object.entries(value)) {
    if (!Array.isArray(value)) yield [`${path} names`, name];
    yield* leavesOf(entry, Array.isArray(value) ? path : `${path}.${name}`);
  }
}
