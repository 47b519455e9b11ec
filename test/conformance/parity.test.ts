import type { CommandParams } from "@passage/protocol/commands";
import { type Browser, chromium, errors, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium } from "../../device/src/hosts/browser/find.ts";
import { Rig } from "../../device/test/rig.ts";
import type { Program } from "./parity-program.ts";
import { actionPrograms, differences } from "./parity-programs.ts";
import { selectorPrograms } from "./parity-selectors.ts";

/** `gives up`: the deadline passed while the page was not as needed. `refuses`: what is asked can never be. */
type Outcome = "ok" | "gives up" | "refuses" | "strict" | "invalid selector";

let rig: Rig;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  [rig, browser] = await Promise.all([Rig.open(), chromium.launch({ executablePath: findChromium(), args })]);
  page = await browser.newPage({ viewport: { width: 420, height: 760 } });
});
afterAll(() => Promise.all([rig.close(), browser.close()]));

const timeout = 1_200;

test.each(Object.entries({ ...actionPrograms, ...selectorPrograms }))("%s", async (title, program) => {
  const url = rig.site.page("/program", program.html);
  const [theirs, ours] = await Promise.all([withPlaywright(url, program), withPassage(url, program)]);
  const different = differences[title];
  if (!different) return expect(ours).toEqual(theirs);
  expect([theirs.outcome, ours.outcome]).toEqual([different.playwright, different.passage]);
});

async function withPlaywright(url: string, { command, params, state }: Program) {
  await page.goto(url);
  const outcome = await playwright(command, params).catch(playwrightError);
  return { ...outcome, state: await page.evaluate(`String(${state})`) };
}

async function withPassage(url: string, { command, params, state }: Program) {
  expect((await rig.run("navigate", { url })).error).toBeUndefined();
  const { result, error } = await rig.send(command, { ...params, timeout });
  const value = result?.text ?? result?.value ?? null;
  const outcome = error ? { outcome: passageOutcome(error), value: null } : { outcome: "ok", value };
  return { ...outcome, state: await rig.value(`String(${state})`) };
}

async function playwright(command: Program["command"], given: Program["params"]) {
  const { selector, values, ...params } = given as CommandParams<"select"> & Record<string, string>;
  const { position, force, trial, clickCount } = given as CommandParams<"click">;
  const ok = (value: unknown = null) => ({ outcome: "ok", value });
  const element = page.locator(selector);
  const pointing = { timeout, ...(position && { position }), ...(force && { force }), ...(trial && { trial }) };
  switch (command) {
    case "click":
      return ok(await element.click({ ...pointing, ...(clickCount && { clickCount }) }).then(() => null));
    case "hover":
      return ok(await element.hover(pointing).then(() => null));
    case "check":
      return ok(await element.check(pointing).then(() => null));
    case "uncheck":
      return ok(await element.uncheck(pointing).then(() => null));
    case "fill":
      return ok(await element.fill(params.value ?? "", { timeout }).then(() => null));
    case "clear":
      return ok(await element.clear({ timeout }).then(() => null));
    case "type":
      return ok(await element.pressSequentially(params.text ?? "", { timeout }).then(() => null));
    case "focus":
      return ok(await element.focus({ timeout }).then(() => null));
    case "select":
      return ok(await element.selectOption(values, pointing).then(() => null));
    case "press":
      return ok(await element.press(params.key ?? "", { timeout }).then(() => null));
    case "waitForSelector":
      return ok(await element.waitFor({ state: (params.state ?? "visible") as "visible", timeout }).then(() => null));
    case "textContent":
      return ok(await element.textContent({ timeout }));
    case "getAttribute":
      return ok(await element.getAttribute(params.name ?? "", { timeout }));
    default:
      throw new Error(`No program has ${command}`);
  }
}

function playwrightError(error: Error): { outcome: Outcome; value: null } {
  const outcome = (): Outcome => {
    if (error.message.includes("strict mode violation")) return "strict";
    if (/Unexpected token|Unknown engine|is not a valid|Unsupported token|<iframe> was expected/.test(error.message))
      return "invalid selector";
    return error instanceof errors.TimeoutError ? "gives up" : "refuses";
  };
  return { outcome: outcome(), value: null };
}

function passageOutcome({ code, message }: { code: string; message: string }): Outcome {
  if (code === "strict_violation") return "strict";
  if (code === "invalid_selector") return "invalid selector";
  if (code === "timeout" || message.includes("gave up after")) return "gives up";
  return code === "not_actionable" ? "refuses" : (`unexpected ${code}: ${message}` as Outcome);
}
