import { assemble } from "../../device/src/assemble.ts";
import { declaredPlace } from "../../device/src/declared/places.ts";
import { Telemetry } from "../../device/src/egress/telemetry.ts";
import type { Executor } from "../../device/src/executor/executor.ts";
import { Page } from "../../device/src/page/page.ts";
import { accountCode } from "../../device/src/reads/account-codes.ts";
import { type ScriptedSite, ScriptedWebview } from "../../device/test/scripted-webview.ts";
import type { CommandMove, Move, TurnMove } from "./move.ts";
import type { Session } from "./sessions.ts";

const codes = new Map<string, Promise<string>>();
/** The device's own codes, each made once: thousands of sessions have the same accounts. */
const onceEach: typeof accountCode = (...terms) => {
  const key = terms.join(" ");
  const code = codes.get(key) ?? accountCode(...terms);
  codes.set(key, code);
  return code;
};

/** The device's core in a live session of signed operations, without a browser and without a socket. */
export class ScriptedDevice {
  readonly webview: ScriptedWebview;
  /** What tells something unasked. */
  readonly events: string[] = [];
  readonly #executor: Executor;
  readonly #waiting = new Map<string, (frame: string) => void>();
  #lastId = 0;

  constructor({ manifests }: Session, site: ScriptedSite) {
    this.webview = new ScriptedWebview(site);
    const { egress, executor, pin } = assemble(new Page(this.webview));
    this.#executor = executor;
    const telemetry = new Telemetry(egress);
    egress.attach((frame) => this.#sent(frame));
    pin({
      origins: manifests.flatMap((one) => one.origins),
      signIn: manifests.flatMap(({ signIn }) => signIn),
      operations: manifests,
      place: (url) => url,
      account: { salt: "5a".repeat(32), provider: "hostile", makeCode: onceEach },
    });
    telemetry.shape((url) => declaredPlace(manifests, url));
    telemetry.resume(0);
    this.webview.listen((event) => {
      if (event.type === "committed" || event.type === "sameDocument") telemetry.navigated(event.url);
      if (event.type === "incident") telemetry.happened(event.incident);
    });
  }

  /** The frames that answer the move; first those to what was sent while the person had the page. */
  async play(move: Move): Promise<{ readonly answer: string; readonly meanwhile: readonly string[] }> {
    if (move.kind === "command") return { answer: await this.#command(move), meanwhile: [] };
    const turn = this.#turn(move);
    const meanwhile = move.meanwhile.map((one) => this.#command(one));
    const { says } = move;
    if (says) setTimeout(() => this.webview.says(says), 3);
    return { answer: await turn, meanwhile: await Promise.all(meanwhile) };
  }

  /** The server gives the page away without a turn. */
  lend(): void {
    this.#executor.receive({ type: "server.set_interactive", interactive: true } as never);
  }

  #command({ command, params }: CommandMove): Promise<string> {
    return this.#ask("r", (id) => this.#executor.receive({ type: "server.command", id, command, params }));
  }

  #turn({ conditions, status, match }: TurnMove): Promise<string> {
    return this.#ask("y", (id) => {
      const request = { id, conditions, status, match, timeout: 25 };
      this.#executor.receive({ type: "server.set_interactive", interactive: true, yield: request as never });
    });
  }

  #ask(prefix: string, send: (id: string) => void): Promise<string> {
    const id = `${prefix}${++this.#lastId}`;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#waiting.set(id, resolve);
    send(id);
    return promise;
  }

  #sent(frame: string): boolean {
    const { type, id } = JSON.parse(frame) as { type: string; id?: string };
    if (type === "client.command_response") this.#waiting.get(id ?? "")?.(frame);
    else this.events.push(frame);
    return true;
  }
}
