import { globals } from "../../page-script/api.ts";
import type { Evaluation } from "../../webview.ts";
import type { FirstPage } from "../browser/first-page.ts";
import { IsolatedWorld } from "../chromium/world.ts";
import type { Scripts } from "./platform.ts";

/** The page script in a world of its own, as in a WKContentWorld: `callAsyncJavaScript` awaits promises there. */
export class ContentWorld implements Scripts {
  readonly tellsStatus = false;
  readonly #world: IsolatedWorld;

  constructor({ session, id }: FirstPage, pageScript: string) {
    this.#world = new IsolatedWorld(session, id, pageScript);
  }

  install(onMessage: (text: string) => void): Promise<void> {
    return this.#world.install(onMessage);
  }

  documentChanged(): void {
    this.#world.documentChanged();
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

  /** What is no expression is a program: `evaluateJavaScript` answers its completion value. */
  async evaluate(expression: string): Promise<Evaluation> {
    const answer = await this.#callAsyncJavaScript(`
      try { return { value: JSON.stringify({ value: await (${expression}\n) }) }; }
      catch (error) { return { threw: String(error) }; }`);
    if (answer.kind === "threw") return this.#world.evaluate(expression);
    if (answer.kind !== "value") return answer;
    const { value, threw } = answer.value as { value?: string; threw?: string };
    if (threw !== undefined) return { kind: "threw", message: threw };
    return { kind: "value", value: JSON.parse(value ?? "{}").value ?? null };
  }

  #callAsyncJavaScript(body: string): Promise<Evaluation> {
    return this.#world.evaluate(`(async () => { ${body} })()`);
  }
}
