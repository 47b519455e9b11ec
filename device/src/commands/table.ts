import type { CommandName } from "@passage/protocol/commands";
import { check, uncheck } from "./check.ts";
import type { Command } from "./command.ts";
import { evaluate } from "./evaluate.ts";
import { extract } from "./extract.ts";
import { clear, fill } from "./fill.ts";
import { goBack, reload } from "./history.ts";
import { focus, press, type } from "./keyboard.ts";
import { click, hover } from "./mouse.ts";
import { navigate } from "./navigate.ts";
import { fetchInPage, waitForResponse } from "./network.ts";
import {
  content,
  count,
  getAttribute,
  innerHTML,
  innerText,
  inputValue,
  isVisible,
  textContent,
  title,
} from "./read.ts";
import { screenshot } from "./screenshot.ts";
import { select } from "./select.ts";
import { setInputFiles } from "./set-input-files.ts";
import { settling } from "./settle.ts";
import { updateStatus } from "./update-status.ts";
import { url, waitForNavigation, waitForURL } from "./url.ts";
import { waitForNetworkIdle, waitForTimeout } from "./wait.ts";
import { waitForSelector } from "./wait-for-selector.ts";

/** Every command of the protocol. Dispatch is a look-up here. */
export const implementations = {
  navigate,
  reload,
  goBack,
  waitForNavigation,
  waitForURL,
  url,
  click: settling(click),
  hover,
  check,
  uncheck,
  fill: settling(fill),
  clear: settling(clear),
  type: settling(type),
  press: settling(press),
  focus,
  select: settling(select),
  setInputFiles: settling(setInputFiles),
  updateStatus,
  waitForSelector,
  waitForNetworkIdle,
  waitForTimeout,
  textContent,
  innerText,
  innerHTML,
  getAttribute,
  inputValue,
  isVisible,
  count,
  title,
  content,
  evaluate,
  screenshot,
  waitForResponse,
  fetchInPage,
  extract,
} satisfies { [Name in CommandName]: Command<Name> };
