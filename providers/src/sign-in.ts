import { type ErrorCode, PassageError } from "@passage/protocol/errors";
import type { YieldCondition } from "@passage/protocol/yield";
import { type FailureReason, failure } from "./failure.ts";
import type { Page } from "./page.ts";
import { escapePattern } from "./pattern.ts";

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

/** Opens the account and waits until the person has signed in; at once when they are, as in a link's second operation. */
export async function signIn(page: Page, pages: SignInPages): Promise<void> {
  const { name, troubles } = pages;
  if (await isSignedIn(page, pages)) return;
  await page.updateStatus({ heading: `Opening ${name}`, progress: 0.1 });
  const { url, status } = await page.navigate({ url: page.siteUrl(pages.start) });
  refuse(name, status);
  if ((status === 404 || status === 410) && !(await shows(page, anyOf(pages.form)))) throw movedAway(pages, status);
  // An address behind the sign-in may be an application that has yet to ask who is there, and to draw its form.
  let standing = leadsIn(page, pages, url) ? await look(page, pages, true) : elsewhere;
  while (!standing.isSignedIn) {
    const { trouble } = standing;
    if (trouble?.isFinal) throw gaveUp(name, trouble);
    const outcome = await page.yieldToUser({
      status: { heading: `Sign in to ${name}`, ...(trouble && { subheading: trouble.message }) },
      conditions: [
        signOfSuccess(page, pages, standing),
        ...(trouble
          ? [{ type: "selector" as const, selector: trouble.selector, state: "hidden" as const }]
          : troubles.map(({ selector }) => ({ type: "selector" as const, selector }))),
      ],
    });
    if (!outcome.matched) throw gaveUp(name, trouble);
    if (outcome.condition === 0) standing = await look(page, pages, standing.showsForm);
    else standing = { ...standing, trouble: trouble ? null : (troubles[(outcome.condition ?? 0) - 1] ?? null) };
  }
}

/** How the page stands to the sign-in. */
interface Standing {
  readonly isSignedIn: boolean;
  /** The form shows at an address that counts as signed in. */
  readonly showsForm: boolean;
  readonly trouble: Trouble | null;
}

const elsewhere: Standing = { isSignedIn: false, showsForm: false, trouble: null };

async function isSignedIn(page: Page, pages: SignInPages): Promise<boolean> {
  const { url } = await page.url();
  if (!leadsIn(page, pages, url)) return false;
  if (pages.signedIn && !(await shows(page, first(pages.signedIn)))) return false;
  return !(await shows(page, anyOf(pages.form)));
}

/** What ends the person's turn well. What holds already says nothing. */
function signOfSuccess(page: Page, pages: SignInPages, { showsForm }: Standing): YieldCondition {
  if (pages.signedIn) return { type: "selector", selector: pages.signedIn };
  if (showsForm) return { type: "selector", selector: anyOf(pages.form), state: "hidden" };
  return { type: "url", pattern: signedInPattern(page, pages) };
}

/**
 * Looks at a page that may be the account. An address tells little: the answer to a wrong password may stand there, and the form.
 * @param drawsLate its form may come, or come back, a while after the page has loaded.
 */
async function look(page: Page, pages: SignInPages, drawsLate: boolean): Promise<Standing> {
  if (drawsLate) await untilDrawn(page, pages);
  const { form, signedIn, troubles } = pages;
  const others = [...(signedIn ? [signedIn] : []), ...troubles.map(({ selector }) => selector)];
  const selectors = [anyOf(form), ...others.map(first)];
  const arrival = {
    urlPattern: signedInPattern(page, pages),
    waitUntil: "domcontentloaded",
    timeout: arrivalMs,
  } as const;
  const seen = await page
    .batch([["waitForNavigation", arrival], ...selectors.map((selector) => ["isVisible", { selector }] as const)])
    .catch(nullOn("timeout"));
  if (seen === null) return elsewhere;
  const [showsForm = false, ...showing] = seen.slice(1).map((one) => "visible" in one && one.visible === true);
  const isIn = signedIn ? showing.shift() === true : true;
  const trouble = troubles[showing.indexOf(true)] ?? null;
  return { isSignedIn: isIn && !showsForm && trouble === null, showsForm, trouble };
}

/** Waits until a page that draws itself by script shows its form or its signed-in element, or has come to rest without them. */
async function untilDrawn(page: Page, { form, signedIn }: SignInPages): Promise<void> {
  if (!signedIn) await page.waitForNetworkIdle({ timeout: drawingMs }).catch(nullOn("timeout", "unsupported_command"));
  const selector = anyOf(signedIn ? [...form, signedIn] : form);
  await page.waitForSelector({ selector, timeout: signedIn ? drawingMs : restMs }).catch(nullOn("timeout"));
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

async function shows(page: Page, selector: string): Promise<boolean> {
  const { visible } = await page.isVisible({ selector });
  return visible;
}

function leadsIn(page: Page, pages: SignInPages, url: string): boolean {
  return new RegExp(signedInPattern(page, pages)).test(url);
}

function gaveUp(name: string, trouble: Trouble | null): PassageError {
  if (trouble) return failure(trouble.reason, trouble.message);
  return failure("user_gave_up", `The sign-in to ${name} was given up before it was complete.`);
}

/** Edges answer 403, 418 or 429 to a browser that they dislike. */
function refuse(name: string, status: number | null): void {
  if (status === 403 || status === 418 || status === 429)
    throw failure("blocked_by_site", `${name} refuses this browser.`, { status });
  if (status !== null && status >= 500) throw failure("site_down", `${name} is out of order.`, { status });
}

/** Its address would look like the account's. Some sites answer 404 with their whole application, which shows its form. */
function movedAway({ name, site, start, form }: SignInPages, status: number): PassageError {
  const path = start.replace(site, "");
  const expected = `the account or its sign-in (${form.join(", ")}) at ${path}`;
  return failure("site_changed", `${name} has no page any more where its account was.`, {
    expected,
    seen: `status ${status}`,
  });
}

function signedInPattern(page: Page, { site, signedInPath }: SignInPages): string {
  return `^${escapePattern(page.siteUrl(site))}${signedInPath}`;
}

/** The first of the elements that shows: several may, as user name and password do. */
function anyOf(selectors: readonly string[]): string {
  return `:is(${selectors.join(", ")}):visible >> nth=0`;
}

function first(selector: string): string {
  return `${selector} >> nth=0`;
}
