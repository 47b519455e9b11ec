import type { Automation } from "./automation.ts";

/** A way to ask for the password. */
export interface Attack {
  /** As `docs/privacy-attacks.md` has it. */
  readonly way: string;
  /** What stops it, as the table says. Error codes in it are checked against what the device answered. */
  readonly stop: string;
  /** What it says that it has learnt: the text, or how it begins. What it was sent is looked at in any case. */
  run(automation: Automation): Promise<unknown>;
}
