import { globals } from "../../page-script/api.ts";
import type { Evaluation } from "../../webview.ts";
import type { FirstPage } from "../browser/first-page.ts";
import type { CdpSession } from "../browser/pipe.ts";
import { IsolatedWorld, installScript, newWorld, type World } from "../chromium/world.ts";
import type { Scripts } from "./platform.ts";

/** The page script in a world of its own, as in a WKContentWorld: `callAsyncJavaScript` awaits promises there. */
export class ContentWorld implements Scripts {
  readonly sharesWorld = false;
  readonly tellsStatus = false;
  readonly #session: CdpSession;
  readonly #named: World;
  readonly #world: IsolatedWorld;
  readonly #apart: IsolatedWorld;

  constructor({ session, id }: FirstPage, pageScript: string) {
    this.#session = session;
    this.#named = newWorld(pageScript);
    this.#world = new IsolatedWorld(session, id, this.#named);
    this.#apart = new IsolatedWorld(session, id, newWorld(""));
  }

  install(onMessage: (text: string) => void): Promise<void> {
    return this.installIn(this.#session, onMessage);
  }

  installIn(window: CdpSession, onMessage: (text: string) => void): Promise<void> {
    return installScript(window, this.#named, onMessage);
  }

  documentChanged(): void {
    this.#world.documentChanged();
    this.#apart.documentChanged();
  }

  call(name: string, args: readonly unknown[]): Promise<Evaluation> {
    const list = args.map((argument) => JSON.stringify(argument)).join(", ");
    return this.#callAsyncJavaScript(`return ${globals.api}.${name}(${list})`);
  }

  arrived(state: "interactive" | "complete"): Promise<Evaluation> {
    const reached = state === "complete" ? "document.readyState === 'complete'" : "document.readyState !== 'loading'";
    return this.#callAsyncJavaScript(`await new Promise((done) => {
      const look = () => { if (${reached}) done(); };
      document.addEventListener("readystatechange", look);
      look();
    })`);
  }

  status(): Promise<number | null> {
    return Promise.resolve(null);
  }

  evaluate(expression: string): Promise<Evaluation> {
    return evaluateIn(this.#world, expression);
  }

  evaluateApart(expression: string): Promise<Evaluation> {
    return evaluateIn(this.#apart, expression);
  }

  #callAsyncJavaScript(body: string): Promise<Evaluation> {
    return callAsyncJavaScript(this.#world, body);
  }
}

/** What is no expression is a program: `evaluateJavaScript` answers its completion value. */
async function evaluateIn(world: IsolatedWorld, expression: string): Promise<Evaluation> {
  const answer = await callAsyncJavaScript(
    world,
    `
      try { return { value: JSON.stringify({ value: await (${expression}\n) }) }; }
      catch (error) { return { threw: String(error) }; }`,
  );
  if (answer.kind === "threw") return world.evaluate(expression);
  if (answer.kind !== "value") return answer;
  const { value, threw } = answer.value as { value?: string; threw?: string };
  if (threw !== undefined) return { kind: "threw", message: threw };
  return { kind: "value", value: JSON.parse(value ?? "{}").value ?? null };
}

function callAsyncJavaScript(world: IsolatedWorld, body: string): Promise<Evaluation> {
  return world.evaluate(`(async () => { ${body} })()`);
}
