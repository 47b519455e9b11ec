import { allCommands, isAnyCommandName } from "@passage/protocol/declared-commands";
import type { LedgerEntry, LedgerKind } from "@passage/protocol/ledger";
import type { OperationManifest } from "@passage/protocol/manifest";
import type { ClientMessage, CommandResponse, ServerMessage } from "@passage/protocol/session";
import type { YieldResult } from "@passage/protocol/yield";
import type { Incident } from "../incident.ts";
import { placeOf } from "./public-url.ts";

type Words = Pick<LedgerEntry, "kind" | "text">;
type Result = Readonly<Record<string, unknown>>;

/** So many recent requests are known by name; the answers of older ones are "an answer". */
const remembered = 256;
const shownNames = 16;

/** Says in plain words what a message tells. Of values it repeats no more than the place where they were read. */
export class MessageDescriptions {
  readonly #place: () => string;
  readonly #asked = new Map<string, readonly string[]>();
  #sends = "";

  /** @param address where the main frame is. */
  constructor(address: () => string) {
    this.#place = () => shortPlace(address());
  }

  /** What the operations' manifests say that they send. */
  declare(operations: readonly OperationManifest[]): void {
    this.#sends = operations.map(({ sends }) => sends).join("; ");
  }

  /** Notes what the server asks, so that the answer can be told by its name. */
  asked(message: ServerMessage): void {
    if (message.type === "server.set_interactive" && message.yield) this.#note(message.yield.id, ["yield"]);
    if (message.type !== "server.command") return;
    const { command, params } = message;
    const list = command === "batch" && Array.isArray(params.commands) ? params.commands : [{ command }];
    const nameOf = (one: { command?: unknown } | null) =>
      typeof one?.command === "string" ? one.command : "a request";
    this.#note(message.id, list.map(nameOf));
  }

  of(message: ClientMessage): Words {
    switch (message.type) {
      case "client.hello":
        return { kind: "hello", text: "that this device is here, and what browser it has" };
      case "client.command_response":
        return this.#answer(message);
      case "client.events":
        return { kind: "event", text: together(message.events.map(eventWords)) };
      default:
        return { kind: "content", text: `a ${message.type}` };
    }
  }

  #note(id: string, names: readonly string[]): void {
    this.#asked.set(id, names);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > remembered && oldest !== undefined) this.#asked.delete(oldest);
  }

  #answer({ id, error, result }: CommandResponse): Words {
    const names = this.#asked.get(id) ?? [];
    if (error) {
      const places = Array.isArray(error.details?.seen) ? error.details.seen.length : 0;
      const seen = places > 0 ? `, and ${places} address(es) that the page has loaded` : "";
      return { kind: "error", text: `that ${names.join(", ") || "a request"} failed: ${error.code}${seen}` };
    }
    if (names.length < 2 && !isBatch(result)) return this.#one(names[0] ?? "", (result ?? {}) as Result);
    const entries = isBatch(result) ? result.results : [];
    const items = entries.map((entry, index): Words => {
      const name = names[index] ?? "";
      if ("error" in entry) return { kind: "error", text: `that ${name} failed: ${entry.error.code}` };
      return this.#one(name, entry.result as Result);
    });
    return { kind: most(items.map(({ kind }) => kind)), text: together(items.map(({ text }) => text)) };
  }

  #one(name: string, result: Result): Words {
    if (name === "yield") return this.#yield(result as unknown as YieldResult);
    const reveals = isAnyCommandName(name) ? allCommands[name].reveals : "content";
    if (reveals === "nothing") return { kind: "done", text: `that a step was done (${name})` };
    if (reveals === "boolean") return { kind: "boolean", text: "whether something shows on the page" };
    if (reveals === "place")
      return { kind: "place", text: `the address of the page: ${shortPlace(String(result.url))}` };
    return { kind: "content", text: this.#content(name, result) };
  }

  #content(name: string, result: Result): string {
    const size = sizeOf(JSON.stringify(result));
    const names = namesIn(result);
    const what =
      contentWords[name] ??
      (names.length > 0 ? `data of the page (${names.join(", ")})` : "a value read from the page");
    return `${this.#sends ? `${this.#sends} — ` : ""}${what}, ${this.#place()}, ${size}`;
  }

  #yield({ matched, reason, url, networkCapture }: YieldResult): Words {
    if (!matched)
      return { kind: "done", text: `that your turn ended: ${reason === "timeout" ? "no time left" : "“I can't”"}` };
    const ended = `that your turn was done${url ? `, and the address of the page: ${shortPlace(url)}` : ""}`;
    const body = networkCapture?.responseBody;
    if (body === undefined) return { kind: "place", text: ended };
    const where = shortPlace(networkCapture?.url ?? "");
    return {
      kind: "content",
      text: together([ended, `an answer of the site that was waited for, ${where}, ${sizeOf(body)}`]),
    };
  }
}

/** What the commands that read are called; of the others the names of what they answer are told. */
const contentWords: Readonly<Record<string, string>> = {
  textContent: "a text on the page",
  innerText: "a text on the page",
  innerHTML: "HTML of a part of the page",
  getAttribute: "an attribute of an element",
  inputValue: "what is in a field",
  count: "how often something is on the page",
  title: "the page's title",
  content: "the HTML of the page",
  screenshot: "a picture of the page",
};

function eventWords({ type, payload }: { readonly type: string; readonly payload: Readonly<Record<string, unknown>> }) {
  const where = shortPlace(String(payload.url ?? ""));
  if (type === "navigation") return `the address of the page: ${where}`;
  if (type === "page.screenshot") return `a picture of the page, ${where}`;
  if (type === "page.snapshot") return `the HTML of the page without what was typed, ${where}`;
  const incident: string | undefined = (incidents as Readonly<Record<string, string>>)[type];
  if (incident) return payload.url === undefined ? incident : `${incident}: ${where}`;
  return `an event (${type}), ${where}`;
}

const incidents: Readonly<Record<Incident["type"], string>> = {
  "window.opened": "that the page opened a window",
  "window.closed": "that a window was closed",
  "window.crashed": "that the page crashed",
  "dialog.opened": "that the page opened a dialog",
  "download.refused": "that a download was refused",
  "auth.cancelled": "that the site asked for a browser sign-in, which was cancelled",
  "file_chooser.refused": "that the page asked for a file, which was refused",
  "external_app.requested": "that the page asked for another app",
};

/** Host and path, without what could be an id. */
function shortPlace(address: string): string {
  return placeOf(address).replace(/^https?:\/\//, "") || "no page";
}

function isBatch(result: unknown): result is { results: ({ result: unknown } | { error: { code: string } })[] } {
  return Array.isArray((result as { results?: unknown } | undefined)?.results);
}

/** The names of the fields that a result holds, the outer ones first. */
function namesIn(result: Result): string[] {
  const names = new Set<string>();
  const queue: unknown[] = [result.value ?? result.body ?? result.data ?? result];
  for (let value = queue.shift(); value !== undefined && names.size < shownNames; value = queue.shift()) {
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value))
      for (const name of Object.keys(value)) if (/^[A-Za-z_]\w{0,40}$/.test(name)) names.add(name);
    queue.push(...(Array.isArray(value) ? value.slice(0, 1) : Object.values(value)));
  }
  return [...names].slice(0, shownNames);
}

function sizeOf(text: string): string {
  const bytes = Buffer.byteLength(text);
  return bytes < 1_000 ? `${bytes} bytes` : `${(bytes / 1_000).toFixed(1)} kB`;
}

const order: readonly LedgerKind[] = ["hello", "done", "error", "boolean", "event", "place", "content"];

function most(kinds: readonly LedgerKind[]): LedgerKind {
  return kinds.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), "done");
}

/** Each line once, with how often. */
function together(lines: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line)).join("; ");
}
