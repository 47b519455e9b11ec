import type { PageApi } from "../../page-script/api.ts";

/** What the device asks of the page's side, one at a time by `id`. */
export type PageRequest =
  | { readonly id: number; readonly call: string; readonly args: readonly unknown[] }
  | { readonly id: number; readonly arrived: "interactive" | "complete" }
  | { readonly id: number; readonly status: true }
  /** Waits for a program that dispatches an event of this name. */
  | { readonly id: number; readonly arm: string }
  | { readonly id: number; readonly disarm: true };

export type PageReply =
  | { readonly id: number; readonly value?: unknown }
  | { readonly id: number; readonly threw: string }
  | { readonly id: number; readonly armed: true }
  | { readonly said: string }
  | { readonly leaving: true };

/** Where the page script finds its globals: nothing of it is on the page's own. */
export interface PageScriptScope {
  passagePost(text: string): void;
  /** The page may replace whatever the script uses of the platform: see `natives.ts`. */
  readonly sharesWorld: true;
  passage?: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> & PageApi;
}

/**
 * Runs in the page, before any script of the page, as text: it may use nothing from outside of itself. It keeps what it
 * needs of the platform, since the page may replace all of it later, and leaves nothing behind that the page can name.
 */
export function startInPage(
  connect: (port: MessagePort) => void,
  runPageScript: (scope: PageScriptScope, page: typeof globalThis) => void,
): void {
  const page = globalThis;
  const { document } = page;
  const { apply } = Reflect;
  const { parse, stringify } = JSON;
  const textOf = String;
  const PromiseOfPage = Promise;
  const { addEventListener } = EventTarget.prototype;
  const { postMessage } = MessagePort.prototype;
  const getter = (prototype: object, name: string) =>
    Object.getOwnPropertyDescriptor(prototype, name)?.get ?? (() => undefined);
  const { preventDefault } = Event.prototype;
  const detailOf = getter(CustomEvent.prototype, "detail");
  const dataOf = getter(MessageEvent.prototype, "data");
  const readyStateOf = getter(Document.prototype, "readyState");
  const { getEntriesByType } = Performance.prototype;
  const { performance } = page;
  const statusOf = getter(PerformanceResourceTiming.prototype, "responseStatus");

  let armed: string | null = null;
  const { port1, port2 } = new MessageChannel();
  const send = (reply: PageReply) => apply(postMessage, port1, [stringify(reply)]);
  const scope: PageScriptScope = { sharesWorld: true, passagePost: (text) => send({ said: text }) };
  runPageScript(scope, page);

  async function settle(id: number, work: () => unknown): Promise<void> {
    try {
      send({ id, value: await work() });
    } catch (error) {
      send({ id, threw: textOf(error) });
    }
  }

  function arrived(state: "interactive" | "complete"): Promise<void> {
    return new PromiseOfPage((done) => {
      const look = () => {
        const now = apply(readyStateOf, document, []);
        if (now === "complete" || now === state) done();
      };
      apply(addEventListener, document, ["readystatechange", look]);
      look();
    });
  }

  function status(): unknown {
    const [entry] = apply(getEntriesByType, performance, ["navigation"]);
    return entry ? apply(statusOf, entry, []) || null : null;
  }

  /** The program that is waited for gives its work to an event of this name: a listener is no name that the page can find. */
  function arm(id: number, name: string): void {
    armed = name;
    const hear = (event: Event) => {
      if (armed !== name) return;
      armed = null;
      apply(preventDefault, event, []);
      const work = apply(detailOf, event, []);
      if (work) void settle(id, work);
    };
    apply(addEventListener, page, [name, hear, { capture: true, once: true }]);
    send({ id, armed: true });
  }

  function disarm(): boolean {
    const wasArmed = armed !== null;
    armed = null;
    return wasArmed;
  }

  function take(request: PageRequest): void {
    const { id } = request;
    if ("call" in request)
      void settle(id, () => apply(scope.passage?.[request.call] as never, scope.passage, request.args));
    else if ("arrived" in request) void settle(id, () => arrived(request.arrived));
    else if ("status" in request) send({ id, value: status() });
    else if ("arm" in request) arm(id, request.arm);
    else send({ id, value: disarm() });
  }

  if (page.parent === page.window) apply(addEventListener, page, ["beforeunload", () => send({ leaving: true })]);
  port1.onmessage = (event) => take(parse(apply(dataOf, event, [])));
  connect(port2);
}
