import { type FailureReason, failure } from "@passage/automation/failure";
import type { Page } from "@passage/automation/page";
import { type ErrorCode, PassageError } from "@passage/protocol/errors";
import { atUrl, type Condition, hidden, idle, type Place, place, visible } from "./step.ts";

/** How a site shows whether somebody is signed in. Addresses are live ones. */
export interface SignInPages {
  /** The service's name, for people. */
  readonly name: string;
  /** A page behind the sign-in: the site leads to its form and back. */
  readonly start: string;
  readonly site: string;
  /** The path of an address that is behind the sign-in, as a RE2 pattern that follows the site's origin. */
  readonly signedInPath: string;
  /** The fields of the login form. While one of them shows, nobody is signed in, whatever the address says. */
  readonly form: readonly string[];
  /**
   * An element that shows only to a person who is signed in. A site that draws its pages by script should name one: without it, a
   * page at such an address counts as signed in once it has come to rest and shows no form.
   */
  readonly signedIn?: string;
  /** What the site shows when the sign-in does not go on. The person may still mend it. */
  readonly troubles: readonly Trouble[];
}

export interface Trouble {
  readonly selector: string;
  readonly reason: Exclude<FailureReason, "site_changed" | "schema_drift">;
  readonly message: string;
  /** There is nothing that the person could do about it. */
  readonly isFinal?: boolean;
}

/** A sign-in as steps of a manifest: its place, what shows that somebody is signed in, and what may go wrong. */
export interface DeclaredSignIn {
  readonly pages: SignInPages;
  /** For the operation's `steps({ … })`. */
  readonly steps: Readonly<Record<string, Place | Condition>>;
  /** For the operation's `says`. */
  readonly says: readonly string[];
}

interface Steps {
  readonly account: Place;
  /** The address is behind the sign-in. */
  readonly signedIn: Condition;
  /** The element that only a person sees who is signed in, where the site names one. */
  readonly signedInShows: Condition | null;
  readonly form: Condition;
  readonly formGone: Condition;
  /** The page's form or its signed-in element shows. */
  readonly drawn: Condition;
  readonly quiet: Condition;
  readonly troubles: readonly { readonly trouble: Trouble; readonly shows: Condition; readonly gone: Condition }[];
}

const known = new WeakMap<DeclaredSignIn, Steps>();

/** The steps and words of a sign-in, from the pages that it has. */
export function declaredSignIn(pages: SignInPages): DeclaredSignIn {
  const { name, site, start, signedInPath, troubles } = pages;
  const form = anyOf(pages.form);
  const formShows = visible(form);
  const parts: Steps = {
    account: place(start as `https://${string}`),
    signedIn: atUrl(site as `https://${string}`, signedInPath),
    signedInShows: pages.signedIn === undefined ? null : visible(shown(pages.signedIn)),
    form: formShows,
    formGone: hidden(form),
    drawn: pages.signedIn === undefined ? formShows : visible(anyOf([...pages.form, pages.signedIn])),
    quiet: idle(),
    troubles: troubles.map((trouble) => ({
      trouble,
      shows: visible(shown(trouble.selector)),
      gone: hidden(shown(trouble.selector)),
    })),
  };
  const { account, signedIn, signedInShows, formGone, drawn, quiet } = parts;
  const declared: DeclaredSignIn = {
    pages,
    steps: {
      account,
      signedIn,
      ...(signedInShows && { signedInShows, drawn }),
      form: formShows,
      formGone,
      quiet,
      ...Object.fromEntries(
        parts.troubles.flatMap(({ shows, gone }, index) => [
          [`trouble${index + 1}`, shows],
          [`trouble${index + 1}Gone`, gone],
        ]),
      ),
    },
    says: [...new Set([`Opening ${name}`, `Sign in to ${name}`, ...troubles.map(({ message }) => message)])],
  };
  known.set(declared, parts);
  return declared;
}

function anyOf(selectors: readonly string[]): string {
  return shown(`:is(${selectors.join(", ")})`);
}

/** The first of the matches that shows: several may, as user name and password do. */
function shown(selector: string): string {
  return `${selector} >> visible=true >> nth=0`;
}

/** Opens the account and waits until the person has signed in; at once when they are, as in a link's second operation. */
export async function signIn(page: Page, declared: DeclaredSignIn): Promise<void> {
  const { name } = declared.pages;
  const steps = known.get(declared) as Steps;
  if (await isSignedIn(page, steps)) return;
  await page.updateStatus({ heading: `Opening ${name}`, progress: 0.1 });
  const status = await page.go(steps.account);
  if (status === "down") throw failure("site_down", `${name} is out of order.`, { status });
  if (status === "too_many") throw refusal(name, status);
  // Some sites answer 401 or 404 with their whole application, which shows its form.
  if (status === "refused") await untilDrawn(page, steps);
  if ((status === "refused" || status === "absent") && !(await page.at(steps.form)))
    throw status === "refused" ? refusal(name, status) : movedAway(declared.pages);
  // An address behind the sign-in may be an application that has yet to ask who is there, and to draw its form.
  let standing = (await page.at(steps.signedIn)) ? await look(page, steps, true) : elsewhere;
  while (!standing.isSignedIn) {
    const { trouble } = standing;
    if (trouble?.trouble.isFinal) throw gaveUp(name, trouble.trouble);
    const outcome = await page.turn({
      heading: `Sign in to ${name}`,
      ...(trouble && { subheading: trouble.trouble.message }),
      until: [signOfSuccess(steps, standing), ...(trouble ? [trouble.gone] : steps.troubles.map(({ shows }) => shows))],
    });
    if (!outcome.matched) throw gaveUp(name, trouble?.trouble ?? null);
    if (outcome.condition === 0) standing = await look(page, steps, standing.showsForm);
    else standing = { ...standing, trouble: trouble ? null : (steps.troubles[(outcome.condition ?? 0) - 1] ?? null) };
  }
}

/** How the page stands to the sign-in. */
interface Standing {
  readonly isSignedIn: boolean;
  /** The form shows at an address that counts as signed in. */
  readonly showsForm: boolean;
  readonly trouble: Steps["troubles"][number] | null;
}

const elsewhere: Standing = { isSignedIn: false, showsForm: false, trouble: null };

async function isSignedIn(page: Page, { signedIn, signedInShows, form }: Steps): Promise<boolean> {
  if (!(await page.at(signedIn))) return false;
  const [showsForm, shows = true] = await page.look(signedInShows ? [form, signedInShows] : [form]);
  return shows && !showsForm;
}

/** What ends the person's turn well. What holds already says nothing. */
function signOfSuccess({ signedIn, signedInShows, formGone }: Steps, { showsForm }: Standing): Condition {
  return signedInShows ?? (showsForm ? formGone : signedIn);
}

/**
 * Looks at a page that may be the account. Its address does not prove it: the form and the message about a wrong password may have the same one.
 * @param drawsLate its form may come, or come back, a while after the page has loaded.
 */
async function look(page: Page, steps: Steps, drawsLate: boolean): Promise<Standing> {
  if (drawsLate) await untilDrawn(page, steps);
  const { signedIn, signedInShows, form, troubles } = steps;
  const conditions = [form, ...troubles.map(({ shows }) => shows), ...(signedInShows ? [signedInShows] : [])];
  const seen = await page.look(conditions, { first: signedIn, timeoutMs: arrivalMs }).catch(nullOn("timeout"));
  if (seen === null) return elsewhere;
  const [showsForm = false, ...others] = seen;
  const trouble = troubles.find((_, index) => others[index]) ?? null;
  const isIn = others[troubles.length] ?? true;
  return { isSignedIn: isIn && !showsForm && trouble === null, showsForm, trouble };
}

/** Waits until a page that draws itself by script shows its form or its signed-in element, or has come to rest without them. */
async function untilDrawn(page: Page, { signedInShows, quiet, drawn }: Steps): Promise<void> {
  if (!signedInShows) await page.until(quiet, drawingMs).catch(nullOn("timeout"));
  await page.until(drawn, signedInShows ? drawingMs : restMs).catch(nullOn("timeout"));
}

/** How long a page may take to draw its form or its signed-in element. */
const drawingMs = 10_000;
/** How long a page rests that will draw no form any more. */
const restMs = 1_500;
/** How long to wait for a document of the account to be parsed, before the person has the page again. */
const arrivalMs = 2_000;

function nullOn(...codes: readonly ErrorCode[]) {
  return (error: unknown): null => {
    if (error instanceof PassageError && codes.includes(error.code)) return null;
    throw error;
  };
}

function gaveUp(name: string, trouble: Trouble | null): PassageError {
  if (trouble) return failure(trouble.reason, trouble.message);
  return failure("user_gave_up", `The sign-in to ${name} was given up before it was complete.`);
}

/** Edge servers return 403, 418 or 429 to a browser that they reject. */
function refusal(name: string, status: "refused" | "too_many"): PassageError {
  return failure("blocked_by_site", `${name} refuses this browser.`, { status });
}

/** Its address would look like the account's. */
function movedAway({ name, site, start, form }: SignInPages): PassageError {
  const path = start.replace(site, "");
  const expected = `the account or its sign-in (${form.join(", ")}) at ${path}`;
  const seen = "status 404 or 410";
  return failure("site_changed", `${name} has no page any more where its account was.`, { expected, seen });
}
