import { setTimeout as delay } from "node:timers/promises";
import type { Clicking, CommitField, DomProjection } from "../src/page-script/api.ts";
import type { PageRequest, PageResponse } from "../src/page-script/page-request.ts";
import type { ChildFrame, Evaluation, Load, Webview, WebviewEvent } from "../src/webview.ts";

/** What the page and its site have to say, whatever they are asked. */
export interface ScriptedSite {
  /** The status of a place that is opened, or of a request, and a request's body. */
  status(): number;
  body(request: PageRequest): string;
  /** A text of the element of a field; null where it is not there. */
  text(field: string): string | null;
  /** What the site has stored under that key. */
  stored?(area: string, key: string): string | null;
  /** Whether an element is there. */
  shows(): boolean;
  /** What an error of the page quotes. */
  readonly words: string;
  /** Where an address really leads. Default: there. */
  lands?(url: string): string;
  /** The address of a frame's document. */
  frameUrl?(): string;
}

/** What was done to the page. */
export type Deed =
  | { readonly kind: "load"; readonly url: string }
  /** `at`: where the page was. */
  | { readonly kind: "request"; readonly request: PageRequest; readonly at: string }
  | { readonly kind: "extract"; readonly wanted: DomProjection; readonly at: string }
  | {
      readonly kind: "stored";
      readonly origin: string;
      readonly area: string;
      readonly key: string;
      readonly at: string;
    }
  | { readonly kind: "look"; readonly selector: string }
  /** `isCommit`: it is only the press that was armed before. */
  | { readonly kind: "click"; readonly selector: string; readonly isCommit: boolean }
  | { readonly kind: "arm"; readonly selector: string; readonly values: readonly string[] }
  /** `frame`: the address of the frame that it was done in; null in the page itself. */
  | { readonly kind: "fill"; readonly selector: string; readonly value: string; readonly frame: string | null }
  | { readonly kind: "said"; readonly type: "userDone" | "userGaveUp" }
  | { readonly kind: "overlay"; readonly heading: string; readonly subheading: string; readonly mode: string }
  | { readonly kind: "other"; readonly name: string };

/** A webview without a browser: the page script's answers come from the site that a test describes. */
export class ScriptedWebview implements Webview {
  readonly userAgent = "Scripted";
  readonly deeds: Deed[] = [];
  readonly #site: ScriptedSite;
  readonly #listeners = new Set<(event: WebviewEvent) => void>();
  readonly #handles: string[] = [];
  #url = "about:blank";
  #loads = 0;
  #card = "";

  constructor(site: ScriptedSite) {
    this.#site = site;
  }

  url(): string {
    return this.#url;
  }

  async load(url: string): Promise<Load> {
    this.deeds.push({ kind: "load", url });
    const token = `t${++this.#loads}`;
    this.emit({ type: "started", token, url });
    this.#url = this.#site.lands?.(url) ?? url;
    this.emit({ type: "committed", token, url: this.#url, status: this.#site.status() });
    this.emit({ type: "domcontentloaded", token });
    this.emit({ type: "loaded", token });
    return { kind: "document", token };
  }

  reload = () => this.load(this.#url);
  goBack = () => this.load(this.#url);
  stop = async () => {};
  settled = async () => {};
  history = async () => ({ current: this.#loads, previous: null });
  closeOtherWindows = async () => true;
  handOver = () => {};

  async evaluate(): Promise<Evaluation> {
    this.deeds.push({ kind: "other", name: "evaluate" });
    return { kind: "value", value: this.#site.words };
  }

  evaluateApart = () => this.evaluate();

  async call(name: string, args: readonly unknown[]): Promise<Evaluation> {
    return { kind: "value", value: await this.#answer(name, args, null) };
  }

  readonly frames = {
    enter: async (): Promise<ChildFrame> => {
      const url = this.#site.frameUrl?.() ?? this.#url;
      return {
        call: async (name, args) => ({ kind: "value", value: await this.#answer(name, args, url) }),
        evaluate: async () => ({ kind: "value", value: url }),
      };
    },
  };

  listen(listener: (event: WebviewEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: WebviewEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** The person presses "I'm done" or "I can't". */
  says(type: "userDone" | "userGaveUp"): void {
    this.deeds.push({ kind: "said", type });
    this.emit({ type: "message", text: JSON.stringify({ type, card: this.#card }) });
  }

  /** The page goes to another address by itself. */
  wanders(url: string): void {
    this.#url = url;
    this.emit({ type: "sameDocument", url });
  }

  async #answer(name: string, args: readonly unknown[], frame: string | null): Promise<unknown> {
    const { words } = this.#site;
    switch (name) {
      case "fields":
        return { document: "d", kinds: [], had: false };
      case "find": {
        const { selector } = args[0] as { selector: string };
        this.deeds.push({ kind: "look", selector });
        const [outer = "", inner] = selector.split(" >> ");
        if (outer.startsWith("frame=")) return { kind: "foreign", handle: 0, rest: inner };
        if (!this.#site.shows()) {
          await delay(1);
          return { kind: "retry", reason: words, found: true };
        }
        if (!this.#site.shows()) return { kind: "failed", code: "strict_violation", message: words, matches: [words] };
        return { kind: "ready", handle: this.#handles.push(selector) - 1, point: null };
      }
      case "click":
        this.deeds.push({
          kind: "click",
          selector: this.#handles[args[0] as number] ?? "",
          isCommit: (args[1] as Clicking).commit === true,
        });
        return { kind: "done" };
      case "fill":
        this.deeds.push({
          kind: "fill",
          selector: this.#handles[args[0] as number] ?? "",
          value: String(args[1]),
          frame,
        });
        return { kind: "done" };
      case "storage":
        return { host: "www.shop.example", entries: [] };
      case "storedValue": {
        const [origin, area, key] = args.map(String) as [string, string, string];
        this.deeds.push({ kind: "stored", origin, area, key, at: this.#url });
        return { kind: "done", value: this.#site.stored?.(area, key) ?? null };
      }
      case "holds":
        return true;
      case "armCommit": {
        const values = (args[1] as readonly CommitField[]).map(({ value }) => value);
        this.deeds.push({ kind: "arm", selector: this.#handles[args[0] as number] ?? "", values });
        return { kind: "done" };
      }
      case "keeps":
        return { kind: "done", value: true };
      case "visible":
        this.deeds.push({ kind: "look", selector: String(args[0]) });
        return { kind: "done", value: this.#site.shows() };
      case "watch":
        for (const { selector } of args[0] as { selector: string }[]) this.deeds.push({ kind: "look", selector });
        await delay(1);
        return (args[0] as unknown[]).map(() => this.#site.shows());
      case "request": {
        const request = args[0] as PageRequest;
        this.deeds.push({ kind: "request", request, at: this.#url });
        if (!this.#site.shows()) return { kind: "failed", code: "fetch_failed", message: words };
        const response: PageResponse = {
          url: words,
          status: this.#site.status(),
          contentType: words,
          body: this.#site.body(request),
        };
        return { kind: "done", value: response };
      }
      case "extract": {
        const wanted = args[0] as DomProjection;
        this.deeds.push({ kind: "extract", wanted, at: this.#url });
        const { rows, fields } = wanted;
        const row = () => Object.fromEntries(Object.keys(fields).map((field) => [field, this.#site.text(field)]));
        return { kind: "done", value: rows === undefined ? row() : [row(), row()] };
      }
      case "overlay": {
        const { mode, heading, subheading, card } = args[0] as Record<"mode" | "heading" | "subheading", string> & {
          card?: string;
        };
        this.#card = card ?? "";
        this.deeds.push({ kind: "overlay", mode, heading, subheading });
        return { kind: "done" };
      }
      default:
        this.deeds.push({ kind: "other", name });
        return { kind: "done", value: words };
    }
  }
}
