import type { TrustedInput } from "../../webview.ts";
import type { CdpSession } from "./pipe.ts";

/** The mouse, through Chromium's own input pipeline: events are trusted and give user activation. */
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
  };
}
