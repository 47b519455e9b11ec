import { setTimeout as delay } from "node:timers/promises";
import type { Claimed } from "@passage/protocol/http/claim";
import type { ServerMessage } from "@passage/protocol/session";
import type { Reply } from "../harness/scripted-device.ts";
import { expectedBilling, tmobileScript } from "../harness/tmobile-script.ts";
import { Device, type Request } from "./device.ts";
import { strike, type Target } from "./faults.ts";
import { within } from "./limit.ts";
import type { Attempt, Fault, Moment } from "./schedule.ts";
import type { SharedServer } from "./shared-server.ts";
import type { Tally } from "./tally.ts";

type End = Extract<ServerMessage, { type: "server.session_end" }>;

export interface AttemptWorld {
  readonly server: SharedServer;
  readonly tally: Tally;
  readonly broken: (what: string) => void;
  readonly log: (line: string) => void;
}

/** Longer than any number of restarts takes, shorter than the server's own deadline for a command: a lost answer shows here. */
const stallMs = 30_000;

/** One claimed session, from its first device to its end, with the attempt's faults. */
export class AttemptRun {
  readonly #attempt: Attempt;
  readonly #claimed: Claimed;
  readonly #world: AttemptWorld;
  readonly #mark: string;
  readonly #faults: Fault[];
  readonly #devices: Device[] = [];
  readonly #later: Promise<void>[] = [];
  readonly #end = Promise.withResolvers<End>();
  #highest = 0;
  #lastAsked = "nothing was asked";

  /** @param mark stands in every answer, so that one of another run or attempt would show in the result. */
  constructor(attempt: Attempt, claimed: Claimed, mark: string, world: AttemptWorld) {
    this.#attempt = attempt;
    this.#claimed = claimed;
    this.#world = world;
    this.#mark = mark;
    this.#faults = [...attempt.faults];
  }

  /** What the link must have as its billing when this attempt completes. */
  get expectedBilling(): unknown {
    return marked(expectedBilling, this.#mark);
  }

  /** Resolves with the session's end when it has come, and every device and fault of this attempt is done. */
  async run(): Promise<End> {
    const stalled = () => `The session did not end (last asked: ${this.#lastAsked})`;
    await this.#openDevice();
    const end = await within(this.#end.promise, stallMs, stalled);
    for (let settled = -1; settled !== this.#later.length; ) {
      settled = this.#later.length;
      await within(Promise.all(this.#later), stallMs, () => "A fault was not over");
    }
    await within(Promise.all(this.#devices.map((device) => device.ended)), stallMs, () => "A device did not end");
    if (this.#attempt.ending === "complete") this.#checkActed();
    return end;
  }

  /** No id was left out: each answer that the result rests on was given by some device. */
  #checkActed(): void {
    for (let id = 1; id <= this.#highest; id++)
      if (!this.#devices.some((device) => device.acted.has(String(id))))
        this.#world.broken(`request ${id} of ${this.#highest} was never acted on`);
  }

  #openDevice(): Promise<void> {
    const { server, tally, broken, log } = this.#world;
    const name = `device ${this.#devices.length + 1}`;
    const device = new Device(this.#claimed, {
      name,
      act: (request) => this.#act(name, request),
      asked: (from, request, again) => this.#asked(name, from, request, again),
      reached: (from, request, moment) => this.#reached(from, request, moment),
      serverUp: () => server.up(),
      broken,
      log,
    });
    this.#devices.push(device);
    tally.add("devices");
    void device.ended.then((end) => {
      if (end.reason === "session_end") this.#end.resolve(end.message);
    });
    return device.open();
  }

  #asked(name: string, device: Device, request: Request, again: "repeats" | "joins" | null): void {
    const { log, tally, broken } = this.#world;
    const id = Number(request.id);
    this.#lastAsked = `${request.id} ${request.command} of ${name}`;
    log(`${name} was asked ${request.id} ${request.command}${again ? ` again, ${again}` : ""}`);
    if (again) tally.add(again);
    // Asking on means that every earlier answer is committed. Only a device that was replaced may still hear an older question.
    if (id < this.#highest && device === this.#devices.at(-1))
      broken(`${name} was asked ${id} after ${this.#highest}: an answer that the automation had was lost`);
    this.#highest = Math.max(this.#highest, id);
  }

  #act(name: string, request: Request): Reply {
    this.#world.log(`${name} acts on ${request.id}`);
    this.#world.tally.add("acted");
    if (request.command === "yield" && this.#attempt.ending === "gives_up")
      return { result: { matched: false, reason: "user_gave_up" } };
    return marked(tmobileScript(request), this.#mark);
  }

  /** Every fault of this moment, once. Those before the answer hold the device until they have struck. */
  async #reached(device: Device, request: Request, moment: Moment): Promise<void> {
    for (;;) {
      const index = this.#faults.findIndex((one) => one.moment === moment && String(one.request) === request.id);
      const [fault] = index === -1 ? [] : this.#faults.splice(index, 1);
      if (!fault) return;
      this.#world.tally.add(fault.type === "switch" && fault.twins ? "twins" : fault.type);
      const struck = delay(fault.afterMs).then(() =>
        strike(fault, device, this.#target(), (op) => this.#later.push(op)),
      );
      this.#later.push(struck);
      if (moment !== "answered") await struck;
    }
  }

  #target(): Target {
    const { server, broken, log } = this.#world;
    const { websocketUrl, clientToken } = this.#claimed;
    return { server, websocketUrl, clientToken, openDevice: () => this.#openDevice(), broken, log };
  }
}

function marked<T>(value: T, mark: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(/"(S[12])"/g, `"$1-${mark}"`));
}
