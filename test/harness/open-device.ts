import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type Browser, chromium, type Page } from "playwright-core";
import { freePort } from "../../cli/src/runtime/port.ts";
import { passageBin } from "./passage-process.ts";

/** `passage open --headless`, with its person: another program at the browser's debugging port. */
export interface OpenedDevice {
  readonly process: ChildProcess;
  readonly person: Page;
  readonly browser: Browser;
  /** Another connection to the window: one is of no use any more once the page has crashed. */
  reconnect(): Promise<{ readonly person: Page; readonly browser: Browser }>;
  /** Everything it printed so far. */
  output(): string;
  /** Resolves with the exit status. */
  readonly ended: Promise<number | null>;
}

type Environment = Readonly<Record<string, string>>;

export function openDeviceProcess(
  target: string,
  extra: readonly string[] = [],
  environment: Environment = {},
): Promise<OpenedDevice> {
  return openBrowserProcess(["open", target, "--agree", "--verbose", ...extra], environment);
}

/** A `passage` command that opens a headless browser, with its person. */
export async function openBrowserProcess(
  words: readonly string[],
  environment: Environment = {},
  binary = passageBin,
): Promise<OpenedDevice> {
  const cdpPort = await freePort();
  const child = spawn(process.execPath, [binary, ...words, "--headless", "--cdp-port", String(cdpPort)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const reconnect = () => windowOf(cdpPort, ended, () => printed);
  return { process: child, ...(await reconnect()), reconnect, output: () => printed, ended };
}

/** The window of a device that listens on a debugging port, once it is there. */
export async function windowOf(
  port: number,
  ended: Promise<unknown>,
  printed: () => string,
): Promise<{ browser: Browser; person: Page }> {
  const browser = await connectWhenUp(port, ended, printed);
  const [context] = browser.contexts();
  if (!context) throw new Error("The device's browser has no context.");
  return { browser, person: context.pages()[0] ?? (await context.waitForEvent("page")) };
}

async function connectWhenUp(port: number, ended: Promise<unknown>, printed: () => string): Promise<Browser> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (;;) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    } catch (error) {
      if (over) throw new Error(`The device ended before its browser was up:\n${printed()}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** What a sandbox user does on T-Mobile's pages, up to the one-time code. */
export async function signInUpToCode(page: Page, user = "user_good"): Promise<void> {
  await page.fill("input#usernameTextBox", user);
  await page.click("button#lp1-next-btn");
  await page.fill("input#passwordTextBox", "pass_good");
  await page.click("button#lp2-login-btn");
  await page.check('input[value="sms"]');
  await page.click("button.continue-btn");
  await page.waitForSelector("input#confirmcode");
}

export async function enterCode(page: Page): Promise<void> {
  await page.fill("input#confirmcode", "123456");
  await page.click("button.continue-action-btn");
}
