import { randomBytes } from "node:crypto";
import type { Protocol } from "devtools-protocol";
import { globals } from "../../page-script/api.ts";
import type { Evaluation } from "../../webview.ts";
import { CdpError, type CdpSession } from "../browser/pipe.ts";

/** An isolated world, by its name, and the script that makes it the page script's. */
export interface World {
  readonly name: string;
  readonly script: string;
}

export function newWorld(script: string): World {
  return { name: randomBytes(9).toString("base64url"), script };
}

/** Has the session run the world's script at the start of each document, in every frame that is its own. */
export async function installScript(
  session: CdpSession,
  world: World,
  onMessage: (text: string) => void,
): Promise<void> {
  session.on("Runtime.bindingCalled", ({ name, payload }) => {
    if (name === globals.post) onMessage(payload);
  });
  // Without Runtime.enable, which a page can notice, Chromium gives a binding only to the documents that are there now.
  session.on("Page.lifecycleEvent", ({ name }) => {
    if (name === "init" || name === "DOMContentLoaded" || name === "load") bind(session, world).catch(() => {});
  });
  await Promise.all([
    bind(session, world),
    session.send("Page.addScriptToEvaluateOnNewDocument", {
      source: world.script,
      worldName: world.name,
      runImmediately: true,
    }),
  ]);
}

function bind(session: CdpSession, world: World) {
  return session.send("Runtime.addBinding", { name: globals.post, executionContextName: world.name });
}

/**
 * An isolated world of a frame. Its context is learnt from `Page.createIsolatedWorld`, since `Runtime.enable`
 * can be noticed by the page. A world without a script has no binding either.
 */
export class IsolatedWorld {
  readonly #session: CdpSession;
  readonly #frameId: string;
  readonly #world: World;
  #context: Promise<number | null> | null = null;
  #left = Promise.withResolvers<void>();

  constructor(session: CdpSession, frameId: string, world: World) {
    this.#session = session;
    this.#frameId = frameId;
    this.#world = world;
  }

  /** A new document is there: what is under way in the old one is answered `gone`. */
  documentChanged(): void {
    this.#context = null;
    this.#left.resolve();
    this.#left = Promise.withResolvers();
  }

  async evaluate(expression: string): Promise<Evaluation> {
    const left = this.#left.promise.then((): Evaluation => ({ kind: "gone" }));
    return Promise.race([this.#evaluate(expression), left]);
  }

  /** Calls a function of the page script. Its answer comes as text: an object would take two round trips more. */
  async call(name: string, args: readonly unknown[]): Promise<Evaluation> {
    const list = args.map((argument) => JSON.stringify(argument)).join(", ");
    const answer = await this.evaluate(`(async () => JSON.stringify(await ${globals.api}.${name}(${list})))()`);
    return answer.kind === "value" && answer.value !== null
      ? { ...answer, value: JSON.parse(String(answer.value)) }
      : answer;
  }

  /** A reference to the object that the expression answers; null when it answers none. */
  async reference(expression: string): Promise<string | null> {
    this.#context ??= this.#enter();
    const contextId = await this.#context;
    if (contextId === null) return null;
    const { result } = await this.#session.send("Runtime.evaluate", { expression, contextId });
    return result.objectId ?? null;
  }

  /** Calls a function of the page script with nodes of its document. */
  async give(name: string, nodes: readonly Protocol.DOM.BackendNodeId[]): Promise<void> {
    this.#context ??= this.#enter();
    const executionContextId = await this.#context;
    if (executionContextId === null) return;
    const given = await Promise.all(
      nodes.map((backendNodeId) => this.#session.send("DOM.resolveNode", { backendNodeId, executionContextId })),
    );
    await this.#session.send("Runtime.callFunctionOn", {
      functionDeclaration: `function (...nodes) { ${globals.api}.${name}(...nodes); }`,
      executionContextId,
      arguments: given.map(({ object }) => ({ objectId: object.objectId ?? "" })),
    });
    for (const { object } of given)
      if (object.objectId) await this.#session.send("Runtime.releaseObject", { objectId: object.objectId });
  }

  async #evaluate(expression: string): Promise<Evaluation> {
    try {
      this.#context ??= this.#enter();
      const contextId = await this.#context;
      if (contextId === null) return { kind: "gone" };
      const answer = await this.#session.send("Runtime.evaluate", {
        expression,
        contextId,
        awaitPromise: true,
      });
      if (answer.exceptionDetails) return { kind: "threw", message: messageOf(answer.exceptionDetails) };
      return await this.#value(answer.result);
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      return error.message.includes("Promise was collected") ? { kind: "unsettled" } : { kind: "gone" };
    }
  }

  /** Finds the world in the current document, and makes sure that the page script is in it. */
  async #enter(): Promise<number | null> {
    try {
      const { name: worldName, script } = this.#world;
      const [{ executionContextId }] = await Promise.all([
        this.#session.send("Page.createIsolatedWorld", { frameId: this.#frameId, worldName }),
        // Chromium forgets bindings when the page moves to another process.
        script && bind(this.#session, this.#world),
      ]);
      if (!script) return executionContextId;
      const { result } = await this.#session.send("Runtime.evaluate", {
        expression: `typeof ${globals.api}`,
        contextId: executionContextId,
      });
      if (result.value === "undefined") {
        await this.#session.send("Runtime.evaluate", { expression: script, contextId: executionContextId });
      }
      return executionContextId;
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      this.#context = null;
      return null;
    }
  }

  /** The JSON value, by the page's world and not by the debugger's, so that it is what `JSON.stringify` says. */
  async #value(result: Protocol.Runtime.RemoteObject): Promise<Evaluation> {
    if (result.type === "bigint") return { kind: "threw", message: "A BigInt is not a JSON value" };
    if (result.type === "symbol" || result.type === "function") return { kind: "value", value: null };
    if (result.unserializableValue) return { kind: "value", value: result.unserializableValue === "-0" ? 0 : null };
    if (!result.objectId) return { kind: "value", value: result.value ?? null };
    const { result: json, exceptionDetails } = await this.#session.send("Runtime.callFunctionOn", {
      objectId: result.objectId,
      functionDeclaration: "function () { return JSON.stringify(this); }",
      returnByValue: true,
    });
    await this.#session.send("Runtime.releaseObject", { objectId: result.objectId });
    if (exceptionDetails) return { kind: "threw", message: messageOf(exceptionDetails) };
    return { kind: "value", value: json.value === undefined ? null : JSON.parse(json.value) };
  }
}

/** What was thrown, without its stack. */
function messageOf({ text, exception }: Protocol.Runtime.ExceptionDetails): string {
  const thrown = exception?.description?.split("\n    at ")[0] ?? exception?.value ?? text;
  return String(thrown).slice(0, 16_384);
}
