import type { CommandName } from "@passage/protocol/commands";
import { click } from "./click.ts";
import type { Command } from "./command.ts";
import { evaluate } from "./evaluate.ts";
import { fill } from "./fill.ts";
import { goBack, reload } from "./history.ts";
import { navigate } from "./navigate.ts";
import { press } from "./press.ts";
import { content, getAttribute, innerHTML, isVisible, textContent, title } from "./read.ts";
import { screenshot } from "./screenshot.ts";
import { select } from "./select.ts";
import { updateStatus } from "./update-status.ts";
import { url, waitForNavigation } from "./url.ts";
import { waitForNetworkIdle, waitForTimeout } from "./wait.ts";
import { waitForSelector } from "./wait-for-selector.ts";

/** Every command of the protocol. Dispatch is a look-up here. */
export const implementations = {
  navigate,
  reload,
  goBack,
  click,
  fill,
  select,
  press,
  waitForSelector,
  waitForNavigation,
  waitForNetworkIdle,
  waitForTimeout,
  textContent,
  getAttribute,
  innerHTML,
  isVisible,
  title,
  content,
  evaluate,
  url,
  screenshot,
  updateStatus,
} satisfies { [Name in CommandName]: Command<Name> };
