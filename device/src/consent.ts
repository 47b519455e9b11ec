import { type OperationTerms, operationTerms } from "@passage/protocol/consent";
import type { OperationManifest } from "@passage/protocol/manifest";
import type { Page } from "./page.ts";
import { readPageMessage } from "./person.ts";

/** What the person is asked. All but `requestedBy` and `server` is what the publisher has signed. */
export interface ConsentTerms {
  readonly providerName: string;
  /** Who made the link, as its server names them. */
  readonly requestedBy: string;
  /** The host of the server, which gets what leaves. */
  readonly server: string;
  /** False in test mode, where pages of this machine stand in for the real site. */
  readonly isLive: boolean;
  readonly operations: readonly OperationTerms[];
}

/** Asks the person, and resolves with whether they agree. An app that has its own window for it gives its own. */
export type AskConsent = (terms: ConsentTerms) => Promise<boolean>;

/** What the person has agreed to. A session that is anything else is refused. */
export interface Agreed {
  readonly manifests: readonly string[];
  readonly isLive: boolean;
}

/** The person said no, or went away. The link is not taken, and can still be opened. */
export class NoConsentError extends Error {
  override readonly name = "NoConsentError";
}

export function consentTerms(
  operations: readonly OperationManifest[],
  { server, requestedBy, isLive }: { readonly server: string; readonly requestedBy: string; readonly isLive: boolean },
): ConsentTerms {
  return {
    providerName: operations[0]?.providerName ?? "",
    requestedBy,
    server: URL.parse(server)?.host ?? server,
    isLive,
    operations: operations.map(operationTerms),
  };
}

/** Whether two lists have the same signed texts. Signatures of the same text differ each time. */
export function isSameSigned(some: readonly string[], others: readonly string[]): boolean {
  const texts = (list: readonly string[]) => list.map((signed) => signed.split(".")[1] ?? "").sort();
  return texts(some).join() === texts(others).join();
}

/** Asks in the device's own window, before any page is opened in it. Closing the window is a no. */
export function askInWindow(page: Page, terms: ConsentTerms): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const stop = page.webview.listen((event) => {
    if (event.type === "closed" || event.type === "crashed") resolve(false);
    const said = event.type === "message" ? readPageMessage(event.text) : null;
    if (said?.type === "userDone" || said?.type === "userGaveUp") resolve(said.type === "userDone");
  });
  draw(page, terms).catch(() => resolve(false));
  return promise.finally(stop);
}

async function draw(page: Page, terms: ConsentTerms): Promise<void> {
  const isDrawn = async () => (await page.call("overlay", { mode: "consent", ...terms })).kind === "value";
  if (await isDrawn()) return;
  // A webview that starts its scripts with a document has none in the one that it opened with.
  await page.webview.load("about:blank");
  if (!(await isDrawn())) throw new Error("The window shows no page to ask in");
}
