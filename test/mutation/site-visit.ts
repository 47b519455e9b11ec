import { linkError } from "@passage/automation/failure";
import type { Issued } from "@passage/automation/issued";
import { pageOver } from "@passage/automation/page";
import { runOperation } from "@passage/automation/run-operation";
import { sealedFor } from "@passage/automation/sealing";
import { LocalDevice, type LocalManifest } from "@passage/device/local-device";
import { batch } from "@passage/protocol/commands";
import { allCommands } from "@passage/protocol/declared-commands";
import { type ErrorValue, isErrorCode, PassageError } from "@passage/protocol/errors";
import { leafVersion } from "@passage/protocol/reads/leaf";
import { sandboxTwin } from "@passage/protocol/sandbox-twin";
import { yieldResult } from "@passage/protocol/yield";
import { type Browser, chromium, type Page } from "playwright-core";
import { localManifest } from "../../cli/src/providers/runner.ts";
import { until, within } from "../chaos/limit.ts";
import { pressDone } from "../harness/devtools-hands.ts";
import type { Case } from "./operations.ts";
import { signInBySight } from "./person.ts";

export type Ended = { readonly result: unknown } | { readonly error: ErrorValue };

/** What the device is held to before the first run. */
const nothing: NonNullable<LocalManifest["declares"]> = {
  resource: "nothing",
  action: "read",
  v: leafVersion,
  steps: {},
  reads: {},
  says: [],
};

/** A browser with its person, who visits the sites on one port again and again, without a server. */
export class SiteVisits {
  readonly #device: LocalDevice;
  readonly #browser: Browser;
  readonly #person: Page;
  readonly #siteUrl: (liveUrl: string) => string;
  readonly #print: (line: string) => void;
  /** Told of each request's answer, as it left the device. */
  onAnswer: (answer: unknown) => void = () => {};

  static async open(port: number, print: (line: string) => void = () => {}): Promise<SiteVisits> {
    const siteUrl = (liveUrl: string) => sandboxTwin(liveUrl, `http://localhost:${port}`);
    const device = await LocalDevice.open({
      headless: true,
      cdpPort: 0,
      manifest: { origins: [], signIn: [], declares: nothing, place: siteUrl },
    });
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${device.cdpPort}`);
    const person = browser.contexts()[0]?.pages()[0];
    if (!person) throw new Error("The device's browser has no page.");
    return new SiteVisits(device, browser, person, siteUrl, print);
  }

  private constructor(
    device: LocalDevice,
    browser: Browser,
    person: Page,
    siteUrl: (liveUrl: string) => string,
    print: (line: string) => void,
  ) {
    this.#device = device;
    this.#browser = browser;
    this.#person = person;
    this.#siteUrl = siteUrl;
    this.#print = print;
  }

  /**
   * Runs the operation as a link does. Signs in where the site asks for it.
   * @param patienceMs no command may take longer, whatever the operation allows
   */
  async run({ operation, arguments: args, user }: Case, patienceMs: number): Promise<Ended> {
    this.#device.hold(localManifest(operation, this.#siteUrl));
    const over = new AbortController();
    const page = pageOver((issued) => this.#issue(issued, user, patienceMs, over.signal));
    try {
      const result = runOperation(operation, page, args);
      return { result: await within(result, 60_000, () => "The run did not end") };
    } catch (error) {
      if (error instanceof PassageError) return { error: linkError(error) };
      return { error: { code: "AUTOMATION_ERROR", message: String(error), details: { reason: "thrown" } } };
    } finally {
      over.abort();
    }
  }

  /** What the last run was told besides declared leaves, in bits. */
  get toldBits(): number {
    return this.#device.toldBits;
  }

  /** Forgets who is signed in and all that pages kept. */
  async forget(): Promise<void> {
    await this.#browser.contexts()[0]?.clearCookies();
    await this.forgetPages();
    // What the last run set in motion may still take the page elsewhere.
    const leave = async () => {
      await this.#tell("Page.navigate", { url: "about:blank" });
      return this.#person.url() === "about:blank";
    };
    await until(leave, 10_000, () => "The page did not become blank");
  }

  /** Forgets what pages kept, such as that a survey was answered; whoever is signed in stays so. */
  async forgetPages(): Promise<void> {
    const storage = { origin: this.#siteUrl("https://www.att.com"), storageTypes: "local_storage" } as const;
    await this.#tell("Storage.clearDataForOrigin", storage);
  }

  async #tell(method: "Page.navigate" | "Storage.clearDataForOrigin", params: object): Promise<void> {
    const session = await this.#person.context().newCDPSession(this.#person);
    await session.send(method, params as never);
    await session.detach();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#device.close();
  }

  async #issue(issued: Issued, user: string, patienceMs: number, signal: AbortSignal): Promise<unknown> {
    const id = String(Math.random());
    if ("yield" in issued) {
      const request = { ...issued.yield, timeout: 20_000 };
      const asked = this.#device.ask({ type: "server.set_interactive", interactive: true, yield: { id, ...request } });
      void this.#act(
        issued.yield.status?.heading ?? "",
        user,
        AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
      ).catch(() => {});
      return yieldResult.parse(this.#taken("yield", await asked));
    }
    const params = impatient(issued.params, patienceMs);
    const { command } = issued;
    const message = await sealedFor(this.#device.key, { type: "server.command", id, command, params });
    const response = await this.#device.ask(message as Parameters<LocalDevice["ask"]>[0]);
    const schema = command === "batch" ? batch.result : allCommands[command].result;
    return schema.parse(this.#taken(command, response));
  }

  #taken(what: string, { result, error }: Awaited<ReturnType<LocalDevice["ask"]>>): unknown {
    this.onAnswer(error ?? result);
    this.#print(`  ${what} ${error ? `${error.code}: ${error.message}` : JSON.stringify(result).slice(0, 160)}`);
    if (!error) return result;
    const { code, message, details } = error;
    throw new PassageError(isErrorCode(code) ? code : "internal", message, details && { details });
  }

  async #act(heading: string, user: string, signal: AbortSignal): Promise<void> {
    // A turn without words is a commit's: the device asks in its own.
    if (heading !== "") return signInBySight(this.#person, user, (url) => /\/\/www\.|\/history$/.test(url), signal);
    await pressDone(this.#person);
  }
}

/** Shorter than in production, so that the tests do not wait. */
function impatient(params: unknown, patienceMs: number): Record<string, unknown> {
  const {
    commands: list,
    timeout,
    ...rest
  } = params as { commands?: { command: string; params: object }[]; timeout?: number };
  if (list)
    return { commands: list.map(({ command, params: inner }) => ({ command, params: impatient(inner, patienceMs) })) };
  return { ...rest, timeout: Math.min(timeout ?? patienceMs, patienceMs) };
}
