import type { Page } from "../page/page.ts";
import type { Overlay } from "../page-script/overlay/state.ts";
import { saidTo } from "../yield/person.ts";
import type { ConsentTerms } from "./consent-terms.ts";

/** Asks the person, and resolves with whether they agree. An app that has its own window for it gives its own. */
export type AskConsent = (terms: ConsentTerms) => Promise<boolean>;

/** What the person has agreed to. A session that is anything else is refused. */
export interface Agreed {
  /** Where the link's server is, such as `https://passage.example`. */
  readonly server: string;
  readonly manifests: readonly string[];
  /** Where the stand-ins are; null in live mode. */
  readonly sandbox: string | null;
}

/** The person said no, or went away. The link is not taken, and can still be opened. */
export class NoConsentError extends Error {
  override readonly name = "NoConsentError";
}

/** Whether two lists have the same signed texts. Signatures of the same text differ each time. */
export function isSameSigned(some: readonly string[], others: readonly string[]): boolean {
  const texts = (list: readonly string[]) => list.map((signed) => signed.split(".")[1] ?? "").sort();
  return texts(some).join() === texts(others).join();
}

/** Asks in the device's own window, before any page is opened in it. Closing the window is a no. */
export async function askInWindow(page: Page, terms: ConsentTerms): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let cards = 0;
  const card = () => `consent_${cards}`;
  const earlier = new Set<string>();
  const ask = () => {
    earlier.add(card());
    cards += 1;
    draw(page, { mode: "consent", ...terms, card: card() }).catch(() => resolve(false));
  };
  const stop = page.webview.listen((event) => {
    if (event.type === "closed" || event.type === "crashed") resolve(false);
  });
  const stopHearing = page.messages.listen((message) => {
    const said = saidTo(card(), earlier, message);
    if (said === "covered") void Promise.resolve(page.webview.resetZoom?.()).then(ask);
    else if (said) resolve(said === "userDone");
  });
  ask();
  const agreed = await promise.finally(() => {
    stop();
    stopHearing();
  });
  if (agreed) await draw(page, begun(terms)).catch(() => {});
  return agreed;
}

/** What the window says from the yes until the session's first page. */
function begun({ providerName }: ConsentTerms): Overlay {
  const heading = `Opening ${providerName}`;
  return { mode: "working", heading, subheading: "You will be asked when it is your turn", progress: null };
}

async function draw(page: Page, state: Overlay): Promise<void> {
  const isDrawn = async () => (await page.call("overlay", state)).kind === "value";
  if (await isDrawn()) return;
  // A webview that starts its scripts with a document has none in the one that it opened with.
  await page.webview.load("about:blank");
  if (!(await isDrawn())) throw new Error("The window shows no page to ask in");
}
