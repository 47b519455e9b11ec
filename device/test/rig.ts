import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandName, CommandParams } from "@passage/protocol/commands";
import type { DeviceYield } from "@passage/protocol/declared-commands";
import { buildPageScript } from "../build.ts";
import { assemble } from "../src/assemble.ts";
import { readKey } from "../src/commands/keyboard-layout.ts";
import type { DeclaredOperations } from "../src/declared/operations.ts";
import type { Egress } from "../src/egress/gate.ts";
import type { PrivatePhase } from "../src/egress/private-phase.ts";
import type { Executor } from "../src/executor/executor.ts";
import type { SealedValues } from "../src/executor/sealed-values.ts";
import { type HostName, hostNames } from "../src/host-names.ts";
import type { BrowserHost } from "../src/hosts/browser/launch.ts";
import { trustedInput } from "../src/hosts/chromium/input.ts";
import { openHost } from "../src/hosts/open-host.ts";
import type { Origins } from "../src/mandate/origins.ts";
import type { OverlayKeeper } from "../src/page/overlay.ts";
import { Page } from "../src/page/page.ts";
import type { Webview } from "../src/webview.ts";
import { Site } from "./site.ts";

export interface Answered {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read results of every command
  readonly result?: any;
  readonly error?: {
    code: string;
    message: string;
    details?: { log?: string[]; reason?: string; matches?: string[]; names?: string[] };
  };
}

/** The host that this run of the suite is about: each runs all of it. */
export const hostUnderTest: HostName = hostNames.find((name) => name === process.env.PASSAGE_TEST_HOST) ?? "chromium";

let script: Promise<string> | undefined;

/** The page script, built once for all test files of the worker. */
export function pageScript(): Promise<string> {
  script ??= builtPageScript();
  return script;
}

async function builtPageScript(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "passage-script-"));
  await buildPageScript(join(folder, "page-script.js"));
  const built = await readFile(join(folder, "page-script.js"), "utf8");
  await rm(folder, { recursive: true });
  return built;
}

export interface RigOptions {
  readonly plain?: boolean;
  readonly cdpPort?: number;
  readonly hostName?: HostName;
}

/** The device without its socket: a browser, a site, and an executor that is spoken to directly, as in a developer's own session. */
export class Rig {
  readonly host: BrowserHost;
  readonly site: Site;
  readonly webview: Webview;
  readonly page: Page;
  readonly origins: Origins;
  readonly privacy: PrivatePhase;
  readonly operations: DeclaredOperations;
  readonly frames: string[] = [];
  readonly egress: Egress;
  readonly refused: string[] = [];
  readonly executor: Executor;
  readonly sealed: SealedValues;
  readonly overlay: OverlayKeeper;
  readonly #waiting = new Map<string, (answer: Answered) => void>();
  #lastId = 0;

  /** `plain` takes away what only Chromium can do, as on a plain webview. */
  static async open({ plain = false, cdpPort, hostName = hostUnderTest }: RigOptions = {}): Promise<Rig> {
    const [site, script] = await Promise.all([Site.open(), pageScript()]);
    const host = await openHost(hostName, { headless: true, pageScript: script, cdpPort });
    return new Rig(host, site, plain);
  }

  private constructor(host: BrowserHost, site: Site, plain: boolean) {
    this.host = host;
    this.site = site;
    this.webview = plain ? withoutCapabilities(host.webview) : host.webview;
    this.page = new Page(this.webview);
    const device = assemble(this.page, { onRefused: (what) => this.refused.push(what) });
    this.origins = device.origins;
    this.privacy = device.privacy;
    this.operations = device.operations;
    this.egress = device.egress;
    this.sealed = device.sealed;
    this.overlay = device.overlay;
    this.executor = device.executor;
    this.operations.pin([], (url) => url);
    this.egress.attach((text) => {
      this.frames.push(text);
      const message = JSON.parse(text) as Answered & { type: string };
      this.#waiting.get(message.id)?.(message);
      return true;
    });
  }

  /** Whether the page hears the automation's input as a person's. */
  get trusts(): boolean {
    return this.webview.trustedInput !== undefined;
  }

  run<N extends CommandName>(command: N, params: CommandParams<N>, id = `cmd_${++this.#lastId}`): Promise<Answered> {
    return this.send(command, params as Record<string, unknown>, id);
  }

  send(command: string, params: Record<string, unknown>, id = `cmd_${++this.#lastId}`): Promise<Answered> {
    return this.#answer(id, () => this.executor.receive({ type: "server.command", id, command, params }));
  }

  yield(request: DeviceYield, id = `yield_${++this.#lastId}`): Promise<Answered> {
    const message = { type: "server.set_interactive", interactive: true, yield: { id, ...request } } as const;
    return this.#answer(id, () => this.executor.receive(message));
  }

  cancel(id: string): void {
    this.executor.receive({ type: "server.cancel", id });
  }

  /** Opens HTML under a path of its own and returns the address. */
  async show(html: string, head?: Parameters<Site["page"]>[2]): Promise<string> {
    const url = this.site.page(`/page-${++this.#lastId}`, html, head);
    const answer = await this.run("navigate", { url });
    if (answer.error) throw new Error(answer.error.message);
    return url;
  }

  /** A value of the page, from the page script's world, whatever the automation may read. */
  async value(expression: string): Promise<unknown> {
    const outcome = await this.webview.evaluate(expression);
    if (outcome.kind === "value") return outcome.value;
    throw new Error(outcome.kind === "threw" ? outcome.message : `The expression's document is ${outcome.kind}`);
  }

  /** Clicks as the person, whatever the host lets the automation do. */
  async personClicks(point: { x: number; y: number }): Promise<void> {
    await trustedInput(this.host.browserPage.session).click(point);
  }

  /** Presses the key as the person, where the focus is. */
  async personKeys(...keys: readonly string[]): Promise<void> {
    const { press } = trustedInput(this.host.browserPage.session);
    if (!press) throw new Error("This input has no keys");
    for (const key of keys) await press(readKey(key, false));
  }

  /** Clicks on the element as the person, and types there. `element` is an expression, in a frame of the same origin too. */
  async personTypes(element: string, text: string): Promise<void> {
    await this.personClicksOn(element);
    await this.personKeys(...text);
  }

  async personClicksOn(element: string): Promise<void> {
    const point = (await this.value(`((element) => {
      element.scrollIntoView({ block: "center" });
      const { left, top, width, height } = element.getBoundingClientRect();
      const frame = element.ownerDocument.defaultView.frameElement;
      const { left: x, top: y } = frame?.getBoundingClientRect() ?? { left: 0, top: 0 };
      return { x: x + (frame?.clientLeft ?? 0) + left + width / 2, y: y + (frame?.clientTop ?? 0) + top + height / 2 };
    })(${element})`)) as { x: number; y: number };
    await this.personClicks(point);
  }

  /** Presses a button of the overlay as the person, once it is there: without buttons the overlay is 86 px high. */
  async personPresses(button: "I'm done" | "I can't"): Promise<void> {
    await this.until("document.querySelector('passage-status')?.matches(':popover-open')");
    await this.until("document.querySelector('passage-status:not([aria-busy])')?.getBoundingClientRect().height > 105");
    await this.personPressesAt(button);
  }

  /** Presses where the button stands, whether or not it takes a press. */
  async personPressesAt(button: "I'm done" | "I can't"): Promise<void> {
    const box = "document.querySelector('passage-status').getBoundingClientRect()";
    await this.until(`${box}.height > 105`);
    const { width, bottom } = (await this.value(`(({ width, bottom }) => ({ width, bottom }))(${box})`)) as {
      width: number;
      bottom: number;
    };
    await this.personClicks({ x: button === "I'm done" ? width * 0.75 : width * 0.25, y: bottom - 45 });
  }

  /** Waits for the expression to become true in the page. */
  async until(expression: string): Promise<void> {
    const poll = `new Promise((done) => { const look = () => ((${expression}) ? done(true) : setTimeout(look, 10)); look(); })`;
    for (;;) {
      const outcome = await this.webview.evaluate(poll);
      if (outcome.kind === "value") return;
      // A browser that is closed answers `gone` at once, for ever.
      if (outcome.kind === "gone") await new Promise((resolve) => setTimeout(resolve, 10));
      if (outcome.kind === "threw") throw new Error(outcome.message);
    }
  }

  /** Kills the page's renderer. */
  async crash(): Promise<void> {
    const crashed = new Promise<void>((resolve) => {
      const stop = this.webview.listen((event) => {
        if (event.type !== "crashed") return;
        stop();
        resolve();
      });
    });
    void this.host.webview.load("chrome://crash");
    await crashed;
  }

  /** Waits until the page has a dialog open: then it evaluates nothing. */
  async untilDialog(): Promise<void> {
    for (;;) {
      const blocked = Symbol();
      const pause = new Promise((resolve) => setTimeout(resolve, 100, blocked));
      if ((await Promise.race([this.webview.evaluate("1"), pause])) === blocked) return;
    }
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.site.close();
  }

  #answer(id: string, send: () => void): Promise<Answered> {
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      send();
    });
  }
}

function withoutCapabilities(webview: Webview): Webview {
  const taken: readonly PropertyKey[] = [
    "trustedInput",
    "network",
    "snapshot",
    "frames",
    "credentials",
  ] satisfies (keyof Webview)[];
  return new Proxy(webview, {
    get(target, name) {
      if (taken.includes(name)) return undefined;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
