import { type ChildProcess, execFileSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type { Hands, Place } from "../hands.ts";
import type { Display } from "./display.ts";

const patienceMs = 30_000;
const betweenLooksMs = 30;

interface Thing {
  readonly role: Place["role"];
  readonly words: string;
  readonly isFocused: boolean;
  readonly isEnabled: boolean;
  /** The address of its document. */
  readonly document: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Seen {
  readonly documents: readonly string[];
  readonly things: readonly Thing[];
}

/**
 * A person at the display: keys and clicks by the X server, at the places where a screen reader finds things. Neither the
 * DevTools protocol nor the device takes part, so what only a debugger makes work does not work here.
 */
export class DisplayHands implements Hands {
  readonly #display: Display;
  readonly #sight: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #isOver: () => boolean;
  #isNew = true;

  /** @param isOver whether the device has ended. */
  constructor(display: Display, isOver: () => boolean) {
    this.#display = display;
    this.#isOver = isOver;
    this.#sight = display.start("/usr/bin/python3", [join(import.meta.dirname, "sight.py")]);
    // A look that is under way when the device ends.
    this.#sight.stdin?.on("error", () => {});
    this.#answers = createInterface({ input: this.#sight.stdout as Readable })[Symbol.asyncIterator]();
  }

  /** The first page has its first field focused: a person types there as soon as it shows. */
  async fill(field: Place, text: string): Promise<void> {
    if (this.#isNew) {
      this.#pointAt(await this.#until(`“${field.words}” shows`, (seen) => find(seen, field)));
      this.#isNew = false;
    } else {
      await this.#click(field);
      await this.#until(`“${field.words}” has the keyboard`, (seen) => find(seen, field)?.isFocused);
    }
    this.#xdotool("type", "--delay", "5", text);
  }

  press(button: Place): Promise<void> {
    return this.#click(button);
  }

  choose(choice: Place): Promise<void> {
    return this.#click(choice);
  }

  async whatShows(places: readonly Place[], address?: RegExp): Promise<Place | null> {
    const wanted = [...places.map(({ words, role }) => words || role), ...(address ? [address] : [])].join(", ");
    return this.#until(`one of ${wanted} shows`, (seen) => {
      if (this.#isOver() || (address && seen.documents.some((one) => address.test(one)))) return null;
      return places.find((place) => find(seen, place));
    });
  }

  async textOf(place: Place): Promise<string> {
    return (await this.#until(`“${place.words}” shows`, (seen) => find(seen, place))).words;
  }

  async openWindow(button: Place): Promise<Hands> {
    const before = (await this.#look()).documents.length;
    await this.press(button);
    await this.#until("a window opens", (seen) => seen.documents.length > before || undefined);
    return this;
  }

  async close(): Promise<void> {
    this.#focusWindow();
    this.#xdotool("key", "ctrl+w");
  }

  /** The person leaves; the display stays. */
  leave(): void {
    this.#sight.kill();
  }

  /** Clicks the middle of what shows there, when it is ready and has come to rest. */
  async #click(place: Place): Promise<void> {
    let last = "";
    const thing = await this.#until(`“${place.words}” can be clicked`, (seen) => {
      const found = find(seen, place);
      const before = last;
      last = JSON.stringify(found);
      return found?.isEnabled && last === before ? found : undefined;
    });
    this.#pointAt(thing);
    this.#xdotool("click", "1");
  }

  #pointAt({ x, y, width, height }: Thing): void {
    this.#xdotool("mousemove", String(Math.round(x + width / 2)), String(Math.round(y + height / 2)));
    this.#focusWindow();
  }

  /** Gives the window under the pointer the keyboard, as a window manager would. */
  #focusWindow(): void {
    const window = /^WINDOW=(\d+)$/m.exec(this.#xdotool("getmouselocation", "--shell"))?.[1];
    if (window) this.#xdotool("windowfocus", window);
  }

  async #until<Value>(what: string, look: (seen: Seen) => Value | undefined | false): Promise<Value> {
    let seen: Seen = { documents: [], things: [] };
    for (
      const deadline = performance.now() + patienceMs;
      performance.now() < deadline;
      await setTimeout(betweenLooksMs)
    ) {
      seen = await this.#look();
      const value = look(seen);
      if (value !== undefined && value !== false) return value;
    }
    throw new Error(`The person waited ${patienceMs} ms until ${what}. On the display: ${JSON.stringify(seen)}`);
  }

  async #look(): Promise<Seen> {
    this.#sight.stdin?.write("\n");
    const { value, done } = await this.#answers.next();
    if (!done) return JSON.parse(value);
    if (this.#isOver()) return { documents: [], things: [] };
    throw new Error("The accessibility tree can no longer be read.");
  }

  #xdotool(...args: string[]): string {
    return execFileSync("/usr/bin/xdotool", args, {
      encoding: "utf8",
      env: { ...process.env, ...this.#display.environment },
    });
  }
}

function find(seen: Seen, { role, words }: Place): Thing | undefined {
  return seen.things.find(
    (one) => one.role === role && one.width > 0 && (words ? one.words === words : one.words !== ""),
  );
}
