import { globals, type PageApi } from "../page-script/api.ts";
import type { ChildFrame, Evaluation, Webview } from "../webview.ts";

/** `gone` when the document went away first. */
export type Called<Name extends keyof PageApi> =
  | { readonly kind: "gone" }
  | { readonly kind: "value"; readonly value: Awaited<ReturnType<PageApi[Name]>> };

/** What a page script can be asked in: the main frame, with all frames of its origin, or a frame of another one. */
export class Frame {
  readonly #webview: Webview;
  readonly #child: ChildFrame | null;

  static main(webview: Webview): Frame {
    return new Frame(webview, null);
  }

  private constructor(webview: Webview, child: ChildFrame | null) {
    this.#webview = webview;
    this.#child = child;
  }

  evaluate(expression: string): Promise<Evaluation> {
    return (this.#child ?? this.#webview).evaluate(expression);
  }

  async call<Name extends keyof PageApi>(name: Name, ...args: Parameters<PageApi[Name]>): Promise<Called<Name>> {
    const outcome = await (this.#child ?? this.#webview).call(name, args);
    if (outcome.kind === "threw") throw new Error(`The page script failed in ${name}: ${outcome.message}`);
    return outcome.kind === "value" ? (outcome as Called<Name>) : { kind: "gone" };
  }

  /** Whether the host can look into frames of other origins. */
  get canEnter(): boolean {
    return this.#webview.frames !== undefined;
  }

  /** The document that is in the frame element behind the handle, with its address; null when it is gone. */
  async enter(handle: number): Promise<{ readonly frame: Frame; readonly url: string } | null> {
    const child = await this.#webview.frames?.enter(this.#child, `${globals.api}.element(${handle})`);
    if (!child) return null;
    const frame = new Frame(this.#webview, child);
    const address = await frame.evaluate("location.href");
    return address.kind === "value" ? { frame, url: String(address.value) } : null;
  }
}
