import type { CommandParams } from "@passage/protocol/commands";
import { type Browser, chromium, errors, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium } from "../../device/src/hosts/browser/find.ts";
import { Rig } from "../../device/test/rig.ts";
import { navigationPrograms } from "./parity-navigation.ts";
import type { Program, Step } from "./parity-program.ts";
import { actionPrograms, differences } from "./parity-programs.ts";
import { realUsePrograms, thin } from "./parity-real-use.ts";
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
  rig.site.page("/next", "<title>next</title><h1>next</h1>");
  rig.site.answer("/late", (_request, response) => {
    const page = "<title>late</title><h1>late</h1>";
    setTimeout(() => response.writeHead(200, { "content-type": "text/html" }).end(page), 300);
  });
});
afterAll(() => Promise.all([rig.close(), browser.close()]));

const timeout = 1_200;

const programs = { ...actionPrograms, ...selectorPrograms, ...realUsePrograms, ...navigationPrograms };
const chosen = Object.entries(programs).filter(
  ([title]) => process.env.PASSAGE_TESTS === "conformance" || thin.includes(title),
);

test.each(chosen)("%s", async (title, written) => {
  const program: Program = JSON.parse(JSON.stringify(written).replaceAll("{site}", rig.site.origin));
  const url = rig.site.page("/program", `<body>${program.html}`);
  const [theirs, ours] = await Promise.all([withPlaywright(url, program), withPassage(url, program)]);
  console.log(`${title}\n  playwright ${JSON.stringify(theirs)}\n  passage    ${JSON.stringify(ours)}`);
  const different = differences[title];
  if (!different) return expect(ours).toEqual(theirs);
  expect([theirs, ours].map(({ outcomes: [first] }) => first?.outcome)).toEqual([
    different.playwright,
    different.passage,
  ]);
});

async function withPlaywright(url: string, { command, params, state, then }: Program) {
  await page.goto(url);
  const outcomes = [];
  for (const [name, given] of [[command, params], ...then] as Step[])
    outcomes.push(await playwright(name, given, patience(name, then)).catch(playwrightError));
  return { outcomes, state: await page.evaluate(`String(${state})`) };
}

async function withPassage(url: string, { command, params, state, then }: Program) {
  expect((await rig.run("navigate", { url })).error).toBeUndefined();
  const outcomes = [];
  for (const [name, given] of [[command, params], ...then] as Step[]) {
    const { result, error } = await rig.send(name, { ...given, timeout: patience(name, then) });
    outcomes.push(error ? { outcome: passageOutcome(error), value: null } : { outcome: "ok", value: answerOf(result) });
  }
  return { outcomes, state: await rig.value(`String(${state})`) };
}

/** What never comes is given up soon; what loads a page has time. */
function patience(command: string, then: readonly Step[]): number {
  const loads = /^(reload|goBack|navigate|count|evaluate)$/.test(command);
  return loads || (then.length > 0 && /^(click|press)$/.test(command)) ? 10_000 : timeout;
}

function answerOf(result: Record<string, unknown>): unknown {
  const [first] = ["text", "value", "values", "count", "visible", "title", "url"].filter((name) => name in result);
  return first === undefined ? null : result[first];
}

async function playwright(command: Step[0], given: Step[1], timeout: number) {
  const { selector, values, ...params } = given as CommandParams<"select"> & Record<string, string>;
  const { position, force, trial, clickCount } = given as CommandParams<"click">;
  const ok = (value: unknown = null) => ({ outcome: "ok", value });
  const element = page.locator(selector ?? "html");
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
      return ok(await element.selectOption(values, pointing));
    case "press":
      return ok(await element.press(params.key ?? "", { timeout }).then(() => null));
    case "waitForSelector":
      return ok(await element.waitFor({ state: (params.state ?? "visible") as "visible", timeout }).then(() => null));
    case "textContent":
      return ok(await element.textContent({ timeout }));
    case "getAttribute":
      return ok(await element.getAttribute(params.name ?? "", { timeout }));
    case "count":
      return ok(await element.count());
    case "isVisible":
      return ok(await element.isVisible());
    case "evaluate":
      return ok(await page.evaluate(params.expression ?? ""));
    case "title":
      return ok(await page.title());
    case "url":
      return ok(page.url());
    case "reload":
      return ok(await page.reload().then(() => page.url()));
    case "goBack":
      return ok(await page.goBack().then(() => page.url()));
    case "navigate":
      return ok(await page.goto(params.url ?? "").then(() => page.url()));
    default:
      throw new Error(`No program has ${command}`);
  }
}

function playwrightError(error: Error): { outcome: Outcome; value: null } {
  const outcome = (): Outcome => {
    if (error.message.includes("strict mode violation")) return "strict";
    if (
      /Unexpected token|Unknown engine|is not a valid|Unsupported token|<iframe> was expected|while parsing selector|not allowed inside composite/.test(
        error.message,
      )
    )
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
