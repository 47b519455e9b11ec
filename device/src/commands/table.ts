import type { CommandName } from "@passage/protocol/commands";
import { click } from "./click.ts";
import type { Command } from "./command.ts";
import { evaluate } from "./evaluate.ts";
import { fill } from "./fill.ts";
import { navigate } from "./navigate.ts";
import { isVisible, textContent } from "./read.ts";
import { updateStatus } from "./update-status.ts";
import { url, waitForNavigation } from "./url.ts";
import { waitForSelector } from "./wait-for-selector.ts";

/** Every command of the protocol. Dispatch is a look-up here. */
export const implementations = {
  navigate,
  click,
  fill,
  waitForSelector,
  waitForNavigation,
  textContent,
  isVisible,
  evaluate,
  url,
  updateStatus,
} satisfies { [Name in CommandName]: Command<Name> };
