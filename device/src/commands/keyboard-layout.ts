import { PassageError } from "@passage/protocol/errors";
import type { Keystroke, Modifier } from "../webview.ts";

/** Reads a key as Playwright writes it, on a US keyboard: `Enter`, `a`, `Control+a`, `Shift+Tab`, `KeyA`, `Control++`. */
export function readKey(written: string, isMac: boolean): Keystroke {
  const names = split(written);
  const last = names.pop() ?? "";
  const modifiers = names.map((name) => readModifier(name, written, isMac));
  const found = keys.get(last);
  if (!found) throw unknown(last, written);
  const { key, shifted, ...place } = found;
  const shift = modifiers.includes("Shift");
  const types = shift && shifted ? shifted : key;
  const silent = modifiers.some((modifier) => modifier !== "Shift");
  return {
    key: types,
    ...place,
    text: silent ? "" : found.text && (types.length === 1 ? types : found.text),
    modifiers,
  };
}

/** What a person would press to write the text: keys where a US keyboard has them, otherwise the text itself. */
export function readText(text: string): (Keystroke | string)[] {
  return [...text.replace(/\r\n?/g, "\n")].map((character) => {
    const found = keys.get(character === "\n" ? "Enter" : character);
    if (!found) return character;
    const { key, code, keyCode, text: types } = found;
    return { key, code, keyCode, text: types, modifiers: [] };
  });
}

/** The modifiers that are held for a click. */
export function readModifiers(names: readonly string[], isMac: boolean): Modifier[] {
  return names.map((name) => readModifier(name, name, isMac));
}

interface Key {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly text: string;
  readonly shifted?: string;
}

const named: Readonly<Record<string, number>> = {
  Backspace: 8,
  Tab: 9,
  Escape: 27,
  PageUp: 33,
  PageDown: 34,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  Insert: 45,
  Delete: 46,
  ContextMenu: 93,
};

const modifierCodes: Readonly<Record<Modifier, number>> = { Shift: 16, Control: 17, Alt: 18, Meta: 91 };

const punctuation: readonly [code: string, keyCode: number, plain: string, shifted: string][] = [
  ["Semicolon", 186, ";", ":"],
  ["Equal", 187, "=", "+"],
  ["Comma", 188, ",", "<"],
  ["Minus", 189, "-", "_"],
  ["Period", 190, ".", ">"],
  ["Slash", 191, "/", "?"],
  ["Backquote", 192, "`", "~"],
  ["BracketLeft", 219, "[", "{"],
  ["Backslash", 220, "\\", "|"],
  ["BracketRight", 221, "]", "}"],
  ["Quote", 222, "'", '"'],
];

const keys = layout();

/** By what the key types, by its name, and by its place on the keyboard. */
function layout(): ReadonlyMap<string, Key> {
  const all = new Map<string, Key>();
  const printable = (code: string, keyCode: number, plain: string, shifted: string) => {
    const key = { key: plain, code, keyCode, text: plain, shifted };
    all.set(plain, key).set(code, key);
    all.set(shifted, { key: shifted, code, keyCode, text: shifted });
  };
  for (const letter of "abcdefghijklmnopqrstuvwxyz") {
    const upper = letter.toUpperCase();
    printable(`Key${upper}`, upper.charCodeAt(0), letter, upper);
  }
  [...")!@#$%^&*("].forEach((shifted, digit) => {
    printable(`Digit${digit}`, 48 + digit, String(digit), shifted);
  });
  for (const row of punctuation) printable(...row);
  for (const [key, keyCode] of Object.entries(named)) all.set(key, { key, code: key, keyCode, text: "" });
  for (const [key, keyCode] of Object.entries(modifierCodes))
    all.set(key, { key, code: `${key}Left`, keyCode, text: "" });
  for (let n = 1; n <= 12; n++) all.set(`F${n}`, { key: `F${n}`, code: `F${n}`, keyCode: 111 + n, text: "" });
  const space = { key: " ", code: "Space", keyCode: 32, text: " " };
  return all.set("Enter", { key: "Enter", code: "Enter", keyCode: 13, text: "\r" }).set(" ", space).set("Space", space);
}

/** A plus sign separates, except where it is itself the key. */
function split(written: string): string[] {
  const names: string[] = [];
  let name = "";
  for (const character of written) {
    if (character === "+" && name) {
      names.push(name);
      name = "";
    } else name += character;
  }
  return [...names, name];
}

function readModifier(name: string, written: string, isMac: boolean): Modifier {
  if (name === "ControlOrMeta") return isMac ? "Meta" : "Control";
  if (Object.hasOwn(modifierCodes, name)) return name as Modifier;
  throw unknown(name, written);
}

function unknown(name: string, written: string): PassageError {
  return new PassageError(
    "invalid_params",
    `params.key: there is no key ${JSON.stringify(name)} in ${JSON.stringify(written)}; write Enter, Tab, a, Control+a`,
  );
}
