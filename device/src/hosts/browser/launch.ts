import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type { Webview } from "../../webview.ts";
import { findChromium } from "./find.ts";
import { attachToFirstPage, type FirstPage } from "./first-page.ts";
import { CdpPipe } from "./pipe.ts";
import { createProfile, wipeProfile } from "./profile.ts";
import { readPageScript } from "./script-source.ts";

export interface LaunchOptions {
  readonly headless?: boolean | undefined;
  /** Opens a DevTools port on loopback, so that another program can play the person. 0 picks one. */
  readonly cdpPort?: number | undefined;
  readonly chromiumPath?: string | undefined;
  readonly pageScript?: string | undefined;
}

/** What a host makes of the browser's page. */
export interface HostedPage extends Webview {
  /** The host is about to close the browser. */
  closing(): void;
  /** The page or the browser is gone. */
  ended(): void;
}

export type OpenPage = (page: FirstPage, pageScript: string) => Promise<HostedPage>;

/** What a host makes of the browser. */
export interface Host {
  readonly openPage: OpenPage;
  /** Its own settings, as Chromium's switches. */
  readonly switches: readonly string[];
}

export interface BrowserHost {
  readonly webview: HostedPage;
  /** The page by the browser's own door, for whoever plays the person. */
  readonly browserPage: FirstPage;
  readonly cdpPort: number | null;
  readonly pid: number;
  readonly profile: string;
  /** Ends the browser and wipes its profile. Throws when the profile is still there. */
  close(): Promise<void>;
}

/** Starts Chromium with a profile of its own and one page, which the host makes a webview of. */
export async function launchBrowser({ openPage, switches }: Host, options: LaunchOptions = {}): Promise<BrowserHost> {
  const script = options.pageScript ?? (await readPageScript());
  const executable = findChromium(options.chromiumPath);
  const profile = await createProfile();
  let child: ChildProcess | null = null;
  try {
    child = spawn(executable, [...switches, ...flags(profile, options)], {
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    });
    const browser = child;
    const lastWords = keepLastWords(browser);
    const started = Promise.withResolvers<never>();
    started.promise.catch(() => {});
    const fail = (why: string) => started.reject(new Error(notStarted(why, lastWords())));
    browser.on("error", (error) => fail(error.message));
    let attachFault: Error | null = null;
    browser.on("close", (code, signal) => {
      if (code === null) fail(attachFault?.message ?? `ended by ${signal}`);
      else fail(`exit code ${code}`);
    });

    let page: HostedPage | null = null;
    const ended = () => page?.ended();
    const pipe = new CdpPipe(browser.stdio[3] as Writable, browser.stdio[4] as Readable, ended);
    const attached = attachToFirstPage(pipe, ended);
    const opened = attached
      .then((first) => openPage(first, script))
      .catch((error) => {
        // The pipe ends before the process does, and only the process says why. One that goes on is of no use.
        attachFault = error;
        browser.kill("SIGKILL");
        return started.promise;
      });
    page = await Promise.race([opened, started.promise]);
    const cdpPort =
      options.cdpPort === undefined
        ? null
        : await Promise.race([devToolsPort(profile, options.cdpPort, lastWords), started.promise]);
    const webview = page;
    let closing: Promise<void> | null = null;
    const close = () => {
      closing ??= (async () => {
        webview.closing();
        await stop(browser, pipe);
        await wipeProfile(profile);
      })();
      return closing;
    };
    return { webview, browserPage: await attached, cdpPort, pid: browser.pid ?? 0, profile, close };
  } catch (error) {
    child?.kill("SIGKILL");
    await wipeProfile(profile);
    throw error;
  }
}

const disabledFeatures = [
  "AutofillServerCommunication",
  // Every document commits anew, and every commit is the main frame's.
  "BackForwardCache",
  "Prerender2",
  "HttpsUpgrades",
  "MediaRouter",
  "OptimizationHints",
  "PasswordLeakDetection",
  "PasswordManagerOnboarding",
  "Translate",
  // Suggestions below the address bar are pages that the browser prepares in a process of their own: more than half of a start's work.
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
];

function flags(profile: string, { headless, cdpPort }: LaunchOptions): string[] {
  return [
    `--user-data-dir=${profile}`,
    "--remote-debugging-pipe",
    // With the pipe, Blink says `navigator.webdriver`; a phone's webview does not.
    "--disable-blink-features=AutomationControlled",
    // No bar about that switch in the person's window.
    "--test-type",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-backgrounding-occluded-windows",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-hang-monitor",
    "--disable-save-password-bubble",
    "--disable-session-crashed-bubble",
    "--disable-sync",
    `--disable-features=${disabledFeatures.join(",")}`,
    "--metrics-recording-only",
    "--password-store=basic",
    "--use-mock-keychain",
    "--window-size=420,900",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ...(headless ? ["--headless=new"] : []),
    ...(cdpPort === undefined ? [] : [`--remote-debugging-port=${cdpPort}`, "--remote-debugging-address=127.0.0.1"]),
    "about:blank",
  ];
}

function keepLastWords(browser: ChildProcess): () => string {
  let words = "";
  browser.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-2_000);
  });
  return () => words.trim();
}

function notStarted(why: string, lastWords: string): string {
  if (/Missing X server|cannot open display|Failed to connect to Wayland/i.test(lastWords))
    return "Chromium did not start: there is no display to open a window on. Set DISPLAY, make a virtual one with xvfb-run, or use --headless where no person signs in.";
  return `Chromium did not start (${why}). ${lastWords}`;
}

/** Chromium names the port in a file of the profile only when it chose the port itself. */
async function devToolsPort(profile: string, asked: number, lastWords: () => string): Promise<number> {
  for (const deadline = performance.now() + 10_000; performance.now() < deadline; await setTimeout(20)) {
    if (asked === 0) {
      const port = Number.parseInt(await readFile(join(profile, "DevToolsActivePort"), "utf8").catch(() => ""), 10);
      if (port > 0) return port;
    } else if (await answersDevTools(asked)) return asked;
    else if (/address already in use/i.test(lastWords())) break;
  }
  throw new Error(
    `Chromium opened no debugging port${asked === 0 ? "" : ` ${asked}: something else may be using it`}.`,
  );
}

async function answersDevTools(port: number): Promise<boolean> {
  const signal = AbortSignal.timeout(1_000);
  const answer = await fetch(`http://127.0.0.1:${port}/json/version`, { signal }).catch(() => null);
  return answer?.ok === true && "webSocketDebuggerUrl" in ((await answer.json().catch(() => ({}))) as object);
}

async function stop(browser: ChildProcess, pipe: CdpPipe): Promise<void> {
  if (browser.exitCode !== null || browser.signalCode !== null) return;
  const exited = once(browser, "exit");
  const asked = pipe.browser.send("Browser.close").then(() => setTimeout(3_000, null, { ref: false }));
  asked.then(
    () => browser.kill("SIGKILL"),
    () => browser.kill("SIGKILL"),
  );
  await exited;
}
