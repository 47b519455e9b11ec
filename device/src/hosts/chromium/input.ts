import { setTimeout } from "node:timers/promises";
import type { Keystroke, Modifier, MouseClick, TrustedInput } from "../../webview.ts";
import type { CdpSession } from "../browser/pipe.ts";

const plainClick: MouseClick = { button: "left", clickCount: 1, modifiers: [] };
const heldButtons = { left: 1, right: 2, middle: 4 } as const;

/** Mouse and keyboard, through Chromium's own input pipeline: events are trusted and give user activation. */
export function trustedInput(session: CdpSession): TrustedInput {
  return {
    async click({ x, y }, { button, clickCount, modifiers: names } = plainClick, goesOn) {
      const { down, up, modifiers } = held(names);
      const mouse = (type: "mouseMoved" | "mousePressed" | "mouseReleased", more = {}) =>
        session.send("Input.dispatchMouseEvent", { x, y, modifiers, type, ...more });
      const before = [...down.map((event) => session.send("Input.dispatchKeyEvent", event)), mouse("mouseMoved")];
      const down1 = { button, clickCount: 1, buttons: heldButtons[button], force: 0.5 };
      if (goesOn) {
        await Promise.all([...before, mouse("mousePressed", down1)]);
        // A release outside of the window, or in another document than the press, is no click.
        const at = (await goesOn()) ? {} : { x: -1, y: -1 };
        const released = mouse("mouseReleased", { button, clickCount: 1, buttons: 0, ...at });
        await Promise.all([released, ...up.map((event) => session.send("Input.dispatchKeyEvent", event))]);
        return;
      }
      // Chromium keeps their order, and tells the page of a move without a frame's delay when a press follows.
      const presses = Array.from({ length: clickCount }, (_, index) => index + 1).flatMap((count) => [
        mouse("mousePressed", { button, clickCount: count, buttons: heldButtons[button], force: 0.5 }),
        mouse("mouseReleased", { button, clickCount: count, buttons: 0 }),
      ]);
      await Promise.all([...before, ...presses, ...up.map((event) => session.send("Input.dispatchKeyEvent", event))]);
    },
    async move({ x, y }, names) {
      const { down, up, modifiers } = held(names);
      await Promise.all(down.map((event) => session.send("Input.dispatchKeyEvent", event)));
      await session.send("Input.dispatchMouseEvent", { x, y, modifiers, type: "mouseMoved" });
      await Promise.all(up.map((event) => session.send("Input.dispatchKeyEvent", event)));
    },
    async press(stroke, holdMs = 0) {
      const { before, after } = keyEvents(stroke);
      const sent = before.map((event) => session.send("Input.dispatchKeyEvent", event));
      if (holdMs > 0) await setTimeout(holdMs);
      await Promise.all([...sent, ...after.map((event) => session.send("Input.dispatchKeyEvent", event))]);
    },
    async insertText(text) {
      await session.send("Input.insertText", { text });
    },
  };
}

/** Selects all that is where the focus is, and copies it, as by a key of its own: a script's selection is not the desktop's. */
export async function selectAll(session: CdpSession, copies: boolean): Promise<void> {
  const commands = copies ? ["selectAll", "copy"] : ["selectAll"];
  await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", commands });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp" });
}

const modifierKeys: Readonly<Record<Modifier, { readonly bit: number; readonly keyCode: number }>> = {
  Alt: { bit: 1, keyCode: 18 },
  Control: { bit: 2, keyCode: 17 },
  Meta: { bit: 4, keyCode: 91 },
  Shift: { bit: 8, keyCode: 16 },
};

/** The modifiers down and the key down, then all of them up. */
function keyEvents({ key, code, keyCode, text, modifiers: names }: Keystroke) {
  const { down, up, modifiers } = held(names);
  const main = { key, code, windowsVirtualKeyCode: keyCode, modifiers };
  const pressed = { ...main, type: text ? ("keyDown" as const) : ("rawKeyDown" as const), ...(text && { text }) };
  return { before: [...down, pressed], after: [{ ...main, type: "keyUp" as const }, ...up] };
}

/** The events that press the modifiers and let them go, and the mask that stands for them meanwhile. */
function held(names: readonly Modifier[]) {
  let modifiers = 0;
  const down = names.map((name) => {
    modifiers |= modifierKeys[name].bit;
    return { ...modifierEvent(name), type: "rawKeyDown" as const, modifiers };
  });
  let left = modifiers;
  const up = names.toReversed().map((name) => {
    left &= ~modifierKeys[name].bit;
    return { ...modifierEvent(name), type: "keyUp" as const, modifiers: left };
  });
  return { down, up, modifiers };
}

function modifierEvent(name: Modifier) {
  return { key: name, code: `${name}Left`, windowsVirtualKeyCode: modifierKeys[name].keyCode, location: 1 };
}
