import { randomBytes } from "node:crypto";
import { globals } from "../../page-script/api.ts";
import type { FirstPage } from "../browser/first-page.ts";
import type { CdpSession } from "../browser/pipe.ts";
import { IsolatedWorld, installScript, newWorld, type World } from "../chromium/world.ts";

/**
 * Android's message port (WebViewCompat.addWebMessageListener, whose object a document-start script takes and deletes before
 * any script of the page runs), played by an isolated world that the page cannot see. The port crosses over in one event.
 */
export class NativePort {
  readonly #event = randomBytes(12).toString("hex");
  readonly #named: World = newWorld(relay(this.#event));
  readonly #world: IsolatedWorld;

  constructor({ session, id }: FirstPage) {
    this.#world = new IsolatedWorld(session, id, this.#named);
  }

  /** For the document-start script: an expression of a function that hands the page's end of the port over. */
  get connect(): string {
    return `(port) => dispatchEvent(new MessageEvent("${this.#event}", { ports: [port] }))`;
  }

  installIn(session: CdpSession, onMessage: (text: string) => void): Promise<void> {
    return installScript(session, this.#named, onMessage);
  }

  documentChanged(): void {
    this.#world.documentChanged();
  }

  /** False when no script of the document has taken the port, or the document is gone. */
  async post(text: string): Promise<boolean> {
    const sent = await this.#world.evaluate(`${globals.api}(${JSON.stringify(text)})`);
    return sent.kind === "value" && sent.value === true;
  }
}

function relay(event: string): string {
  return `(() => {
    let port = null;
    const say = (text) => {
      if (globalThis.${globals.post}) ${globals.post}(text);
      else setTimeout(say, 20, text);
    };
    addEventListener("${event}", (event) => {
      event.stopImmediatePropagation();
      port = event.ports[0];
      port.onmessage = (message) => say(message.data);
    }, { capture: true, once: true });
    globalThis.${globals.api} = (text) => {
      port?.postMessage(text);
      return port !== null;
    };
  })()`;
}
