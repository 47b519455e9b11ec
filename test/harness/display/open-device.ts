import { spawn } from "node:child_process";
import { passageBin } from "../passage-process.ts";
import { outputOf } from "../process-output.ts";
import type { Display } from "./display.ts";
import { DisplayHands } from "./display-hands.ts";

/** `passage open` as a user runs it: a window at the display, no debugging port, and a person in front of it. */
export function openDeviceWindow(display: Display, claimUrl: string) {
  const child = spawn(process.execPath, [passageBin, "open", claimUrl, "--verbose"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...display.environment },
  });
  const output = outputOf(child);
  let isOver = false;
  const hands = new DisplayHands(display, () => isOver);
  const ended = output.ended.finally(() => {
    isOver = true;
    hands.leave();
  });
  return { hands, ended, stop: output.stop, output: () => output.lines.join("\n") };
}
