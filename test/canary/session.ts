import type { CreatedSession } from "@passage/protocol/http/session";
import type { YieldRequest } from "@passage/protocol/yield";
import type { Page } from "playwright-core";
import { folderHaystack } from "../../cli/src/demo/search.ts";
import { connectWorker, createSession } from "../harness/developer-session.ts";
import { closeWindow } from "../harness/devtools-hands.ts";
import { type OpenedDevice, openDeviceProcess } from "../harness/open-device.ts";
import type { Running } from "../harness/passage-process.ts";
import { startRecordingProxy } from "../harness/recording-proxy.ts";
import { connect, type ScriptedPeer } from "../harness/scripted-device.ts";
import type { Recording } from "./search.ts";

export interface Answer {
  readonly result?: unknown;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const refusing = new Set(["blocked_private", "blocked_secret", "user_in_control", "command_not_declared"]);
const hooks = (file: string) => `--import=${new URL(file, import.meta.url).href}`;

/** A developer's session as the product runs it, with everything that leaves the device recorded, and a server that asks for more. */
export class CanarySession {
  readonly #passage: Running;
  readonly #session: CreatedSession;
  readonly #proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
  readonly #worker: ScriptedPeer;
  readonly #viewer: ScriptedPeer;
  readonly #environment: Record<string, string>;
  readonly #printed: string[] = [];
  #device: OpenedDevice;
  #lastId = 0;
  readonly #unanswered = new Map<string, string>();

  /** `gate: false` runs the device that leaks. */
  static async open(passage: Running, { gate = true } = {}): Promise<CanarySession> {
    const capture = { snapshots: { enabled: true, delayMs: 20 }, screenshots: { enabled: true, intervalMs: 1_200 } };
    const session = await createSession(passage, { capture, sessionDurationMs: 3_600_000 });
    const proxy = await startRecordingProxy(passage.url, asksForEverything);
    const worker = await connectWorker(session);
    const viewer = await connect(session.websocketUrl, "debug", session.workerToken);
    const loaded = [hooks("crash-on-signal.ts"), ...(gate ? [] : [hooks("gate-absent.ts")])];
    const environment = {
      NODE_OPTIONS: [...loaded, "--report-uncaught-exception", "--report-filename=stderr"].join(" "),
    };
    const device = await openDeviceProcess(targetOf(session, proxy.url), [], environment);
    await worker.message("server.client_ready");
    return new CanarySession({ passage, session, proxy, worker, viewer, environment, device });
  }

  private constructor(parts: {
    passage: Running;
    session: CreatedSession;
    proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
    worker: ScriptedPeer;
    viewer: ScriptedPeer;
    environment: Record<string, string>;
    device: OpenedDevice;
  }) {
    this.#passage = parts.passage;
    this.#session = parts.session;
    this.#proxy = parts.proxy;
    this.#worker = parts.worker;
    this.#viewer = parts.viewer;
    this.#environment = parts.environment;
    this.#device = parts.device;
  }

  get person(): Page {
    return this.#device.person;
  }

  async ask(command: string, params: object = {}): Promise<Answer> {
    const id = `c${++this.#lastId}`;
    this.#worker.send({ type: "worker.command", id, command, params });
    return this.#answer(id, command);
  }

  /** Asks the device itself, as a server would that keeps to no rule, and waits for all its answers. */
  async pushEach(requests: readonly (readonly [command: string, params: object])[]): Promise<number> {
    const ids = [];
    for (const [command, params] of requests) {
      const id = `pushed${++this.#lastId}`;
      this.#unanswered.set(id, `${command}, pushed`);
      await this.#proxy.say(JSON.stringify({ type: "server.command", id, command, params }));
      ids.push(id);
    }
    const answered = ids.map(async (id) => {
      await this.#proxy.message((text) => text.includes(`"id":"${id}"`));
      this.#unanswered.delete(id);
    });
    await Promise.all(answered);
    return ids.length;
  }

  /**
   * Loads the page until every capture has been sent, or the device has refused it: one is left out while another one is taken.
   * A name that was typed into a closed root counts as a secret, so that a page which shows it has no picture.
   * Returns all kinds of event.
   */
  async everyEvent(): Promise<string[]> {
    const isSent = (type: string) => this.#eventTypes().includes(type);
    const isRefused = (type: string) => this.#device.output().includes(`not captured: ${type}: blocked_secret`);
    while (!captures.every((type) => isSent(type) || isRefused(type))) {
      await this.ask("reload");
      await this.ask("waitForTimeout", { timeout: 500 });
    }
    return this.#eventTypes();
  }

  /** Begins the person's turn; `over` is its answer. */
  turn(request: YieldRequest): { readonly over: Promise<Answer>; cancel(): void } {
    const id = `y${++this.#lastId}`;
    this.#worker.send({ type: "worker.yield_to_user", id, ...request });
    return {
      over: this.#answer(id, "the person's turn"),
      cancel: () => this.#worker.send({ type: "worker.cancel", id }),
    };
  }

  /** The network goes; the device comes back by itself. */
  cut(): void {
    this.#proxy.cut();
  }

  /** The page's renderer crashes; the device loads the page again. */
  async crashPage(): Promise<void> {
    await this.person.goto("chrome://crash").catch(() => {});
    // The device has the page again. While a window that the page opened shows what a person typed, no question about it is taken.
    const asked = () => this.ask("waitForSelector", { selector: "html[data-state=ready]" });
    while (!["blocked_private", undefined].includes((await asked()).error?.code)) {}
    await this.#device.browser.close();
    const { browser } = await this.#device.reconnect();
    // A window that the page had opened is another page; where it shared the process it is gone, and answers nothing.
    const pages = browser.contexts().flatMap((context) => context.pages());
    const ready = pages.map((page) => page.waitForSelector("html[data-state=ready]").then(() => page));
    this.#device = { ...this.#device, browser, person: await Promise.any(ready) };
  }

  /** The device's process crashes; another one takes the session on. */
  async crashDevice(): Promise<void> {
    this.#device.process.kill("SIGUSR2");
    await this.#device.ended;
    this.#printed.push(this.#device.output());
    this.#device = await openDeviceProcess(targetOf(this.#session, this.#proxy.url), [], this.#environment);
  }

  /** The person closes the window. Resolves when the device's process has ended. */
  async closeWindow(): Promise<void> {
    await closeWindow(this.person);
    await this.#device.ended;
  }

  async close(): Promise<void> {
    this.#worker.send({ type: "worker.complete", result: {} });
    await this.#device.ended;
    this.#viewer.socket.terminate();
    this.#proxy.stop();
  }

  /** All that left the device, and all that the server has of it. */
  recordings(): Recording[] {
    return [
      { name: "sent by the device", messages: this.#proxy.sent },
      { name: "printed by the device", messages: [...this.#printed, this.#device.output()] },
      {
        name: "seen by the debug viewer",
        messages: this.#viewer.received.map((one) => JSON.stringify(one)),
        derived: true,
      },
      { name: "printed by the server", messages: this.#passage.output, derived: true },
      {
        name: "stored by the server",
        messages: folderHaystack("", this.#passage.data).parts.map((part) => part.toString("latin1")),
        derived: true,
      },
    ];
  }

  /** What it waits for, and what was said last: for a run that hangs. */
  describe(): string {
    const waits = [...this.#unanswered].map(([id, what]) => `${id} ${what}`).join(", ") || "nothing";
    const last = (messages: readonly string[]) => messages.slice(-8).map((text) => `  ${text.slice(0, 300)}`);
    return [
      `waits for the answer to: ${waits}; ${this.#lastId} asked in all; events so far: ${this.#eventTypes()}`,
      "last sent by the device:",
      ...last(this.#proxy.sent),
      "last sent to the device:",
      ...last(this.#proxy.received),
      "last printed by the device:",
      ...last(this.#device.output().split("\n")),
    ].join("\n");
  }

  /** How often something was kept back. */
  refusals(): number {
    const answers = this.#worker.received as { error?: { code?: string } }[];
    const printed = [...this.#printed, this.#device.output()].join("\n").match(/^(kept back|not captured)/gm);
    return answers.filter(({ error }) => refusing.has(error?.code ?? "")).length + (printed?.length ?? 0);
  }

  /** Each once. */
  #eventTypes(): string[] {
    const messages = this.#proxy.sent
      .filter((text) => text.includes('"client.events"'))
      .map((text) => JSON.parse(text));
    return [
      ...new Set<string>(messages.flatMap(({ events }) => events.map(({ type }: { type: string }) => type))),
    ].sort();
  }

  async #answer(id: string, what: string): Promise<Answer> {
    this.#unanswered.set(id, what);
    // What the server itself refuses is an error that refers to the request.
    const answer = await Promise.race([
      this.#worker.message("server.command_result", (message) => message.id === id) as Promise<Answer>,
      this.#worker.message("server.error", (message) => message.ref === id).then((error) => ({ error })),
    ]);
    this.#unanswered.delete(id);
    return answer;
  }
}

const captures = ["navigation", "page.screenshot", "page.snapshot"];

function targetOf({ sessionId, clientToken }: CreatedSession, proxy: string): string {
  return `${proxy.replace("http", "ws")}/sessions/${sessionId}/ws?token=${clientToken}`;
}

/** Sets in the server's hello whatever flag might make a device talkative. */
function asksForEverything(text: string): string {
  if (!text.includes('"server.hello"')) return text;
  const flags = {
    debug: true,
    verbose: true,
    record: true,
    trace: true,
    injectionScripts: ["telemetry", "network", "console", { name: "interaction" }],
  };
  const eventFilter = {
    types: ["*", "navigation", "console", "network", "interaction", "page.snapshot", "page.screenshot"],
  };
  return JSON.stringify({ ...JSON.parse(text), ...flags, eventFilter });
}
