import type { Keystroke, Modifier, TrustedInput } from "../../webview.ts";
import type { CdpSession } from "../browser/pipe.ts";

/** Mouse and keyboard, through Chromium's own input pipeline: events are trusted and give user activation. */
export function trustedInput(session: CdpSession): TrustedInput {
  return {
    async click({ x, y }) {
      await session.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y });
      const button = { x, y, button: "left", clickCount: 1 } as const;
      await Promise.all([
        session.send("Input.dispatchMouseEvent", { ...button, type: "mousePressed", buttons: 1 }),
        session.send("Input.dispatchMouseEvent", { ...button, type: "mouseReleased", buttons: 0 }),
      ]);
    },
    async press(stroke) {
      await Promise.all(keyEvents(stroke).map((event) => session.send("Input.dispatchKeyEvent", event)));
    },
  };
}

const modifierKeys: Readonly<Record<Modifier, { readonly bit: number; readonly keyCode: number }>> = {
  Alt: { bit: 1, keyCode: 18 },
  Control: { bit: 2, keyCode: 17 },
  Meta: { bit: 4, keyCode: 91 },
  Shift: { bit: 8, keyCode: 16 },
};

/** The modifiers down, the key down and up, the modifiers up again. */
function keyEvents({ key, code, keyCode, text, modifiers }: Keystroke) {
  let held = 0;
  const down = modifiers.map((name) => {
    held |= modifierKeys[name].bit;
    return { ...modifierEvent(name), type: "rawKeyDown" as const, modifiers: held };
  });
  const main = { key, code, windowsVirtualKeyCode: keyCode, modifiers: held };
  const pressed = { ...main, type: text ? ("keyDown" as const) : ("rawKeyDown" as const), ...(text && { text }) };
  const up = modifiers.toReversed().map((name) => {
    held &= ~modifierKeys[name].bit;
    return { ...modifierEvent(name), type: "keyUp" as const, modifiers: held };
  });
  return [...down, pressed, { ...main, type: "keyUp" as const }, ...up];
}

function modifierEvent(name: Modifier) {
  return { key: name, code: `${name}Left`, windowsVirtualKeyCode: modifierKeys[name].keyCode, location: 1 };
}
