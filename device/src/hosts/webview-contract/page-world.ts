import { randomBytes } from "node:crypto";
import type { Evaluation } from "../../webview.ts";
import type { FirstPage } from "../browser/first-page.ts";
import type { CdpSession } from "../browser/pipe.ts";
import { NativePort } from "./native-port.ts";
import { type PageReply, type PageRequest, startInPage } from "./page-world-start.ts";
import type { Scripts } from "./platform.ts";

type Unnumbered<Request> = Request extends { id: number } ? Omit<Request, "id"> : never;
type Settled = Exclude<PageReply, { said: string } | { leaving: true }> | null;

/**
 * The page script in the page's own world, as on Android WebView. `evaluateJavascript` awaits no promise, reports no
 * exception and answers JSON text; so all but the programs of `evaluate` goes through a message port.
 */
export class PageWorld implements Scripts {
  readonly sharesWorld = true;
  readonly tellsStatus = true;
  readonly #session: CdpSession;
  readonly #port: NativePort;
  readonly #script: string;
  readonly #waiting = new Map<number, (reply: Settled) => void>();
  #lastId = 0;

  constructor(first: FirstPage, pageScript: string) {
    this.#session = first.session;
    this.#port = new NativePort(first);
    this.#script = documentStart(pageScript, this.#port.connect);
  }

  install(onMessage: (text: string) => void, onLeaving: () => void): Promise<void> {
    return this.#installIn(this.#session, (reply) => {
      if ("said" in reply) onMessage(reply.said);
      else if ("leaving" in reply) onLeaving();
      else this.#waiting.get(reply.id)?.(reply);
    });
  }

  installIn(window: CdpSession, onMessage: (text: string) => void): Promise<void> {
    return this.#installIn(window, (reply) => {
      if ("said" in reply) onMessage(reply.said);
    });
  }

  async #installIn(session: CdpSession, hear: (reply: PageReply) => void): Promise<void> {
    const source = this.#script;
    await Promise.all([
      this.#port.installIn(session, (text) => hear(JSON.parse(text) as PageReply)),
      session.send("Page.addScriptToEvaluateOnNewDocument", { source, runImmediately: true }),
    ]);
  }

  documentChanged(): void {
    this.#port.documentChanged();
    for (const settle of [...this.#waiting.values()]) settle(null);
  }

  call(name: string, args: readonly unknown[]): Promise<Evaluation> {
    return this.#ask({ call: name, args });
  }

  arrived(state: "interactive" | "complete"): Promise<Evaluation> {
    return this.#ask({ arrived: state });
  }

  async status(): Promise<number | null> {
    const status = await this.#ask({ status: true });
    return status.kind === "value" ? (status.value as number | null) : null;
  }

  /** An expression hands its value over; a program of statements can only answer what `evaluateJavascript` makes of it. */
  async evaluate(expression: string): Promise<Evaluation> {
    const id = ++this.#lastId;
    const name = randomBytes(9).toString("base64url");
    const armed = await this.#expect(id, { id, arm: name });
    if (armed === null) return { kind: "gone" };
    const value = this.#expect(id);
    const event = (detail: string) =>
      `dispatchEvent(new CustomEvent("${name}", { cancelable: true, detail: ${detail} }))`;
    const ran = await this.#evaluateJavascript(`!${event(`() => (${expression}\n)`)}`);
    if (ran === "true") return evaluation(await value);
    this.#waiting.get(id)?.(null);
    if (ran === "false") return { kind: "threw", message: "The page keeps its events from being dispatched" };
    const answer = await this.#evaluateJavascript(
      `${event("null")}; try { ${expression}\n } catch (error) { ({ "${name}": String(error) }) }`,
    );
    const stillArmed = await this.#ask({ disarm: true });
    if (stillArmed.kind !== "value") return { kind: "gone" };
    if (stillArmed.value) return { kind: "threw", message: "SyntaxError: the expression cannot be parsed" };
    const result = JSON.parse(answer);
    if (result !== null && Object.hasOwn(result, name)) return { kind: "threw", message: result[name] };
    return { kind: "value", value: result };
  }

  /** There is no other world. The page script is out of reach here too: nothing of it has a name. */
  evaluateApart(expression: string): Promise<Evaluation> {
    return this.evaluate(expression);
  }

  async #ask(request: Unnumbered<PageRequest>): Promise<Evaluation> {
    const id = ++this.#lastId;
    return evaluation(await this.#expect(id, { id, ...request }));
  }

  /** The next reply of the number; null when the document goes first. */
  async #expect(id: number, request?: PageRequest): Promise<Settled> {
    const { promise, resolve } = Promise.withResolvers<Settled>();
    this.#waiting.set(id, resolve);
    try {
      if (request && !(await this.#port.post(JSON.stringify(request)))) return null;
      return await promise;
    } finally {
      if (this.#waiting.get(id) === resolve) this.#waiting.delete(id);
    }
  }

  async #evaluateJavascript(script: string): Promise<string> {
    const answer = await this.#session
      .send("Runtime.evaluate", { expression: script, returnByValue: true })
      .catch(() => null);
    if (!answer || answer.exceptionDetails) return "null";
    return JSON.stringify(answer.result.value ?? null);
  }
}

function evaluation(reply: Settled): Evaluation {
  if (reply === null) return { kind: "gone" };
  if ("threw" in reply) return { kind: "threw", message: reply.threw };
  return { kind: "value", value: "value" in reply ? reply.value : null };
}

/**
 * The page script as the body of a function: `globalThis` is a scope of its own, so that its API is no global of the page,
 * and the other globals are its arguments, so that a page which replaces them later changes nothing.
 */
function documentStart(pageScript: string, connect: string): string {
  const names = [...new Set(pageScript.match(/\b[A-Z][A-Za-z]+\b/g)), ...functions].join(", ");
  const run = `(scope, page) => (({ ${names} }) => ((globalThis) => {\n${pageScript}\n})(scope))(page)`;
  return `(${startInPage})(${connect}, ${run})`;
}

const functions = [
  "addEventListener",
  "cancelAnimationFrame",
  "clearInterval",
  "clearTimeout",
  "getComputedStyle",
  "getSelection",
  "performance",
  "queueMicrotask",
  "requestAnimationFrame",
  "setInterval",
  "setTimeout",
];
