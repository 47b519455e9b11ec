import type { PassageError } from "@passage/protocol/errors";
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
  const { name } = pages;
  if (await isSignedIn(page, pages)) return;
  await page.updateStatus({ heading: `Opening ${name}`, progress: 0.1 });
  const { status } = await page.navigate({ url: page.siteUrl(pages.start) });
  refuse(name, status);
  if ((status === 404 || status === 410) && !(await showsForm(page, pages))) throw movedAway(pages, status);
  let trouble: Trouble | null = null;
  for (;;) {
    const outcome = await page.yieldToUser({
      status: { heading: `Sign in to ${name}`, ...(trouble && { subheading: trouble.message }) },
      conditions: [
        { type: "url", pattern: signedInPattern(page, pages) },
        ...(trouble
          ? [{ type: "selector" as const, selector: trouble.selector, state: "hidden" as const }]
          : pages.troubles.map(({ selector }) => ({ type: "selector" as const, selector }))),
      ],
    });
    if (!outcome.matched) throw gaveUp(name, trouble);
    if (outcome.condition === 0) return formIsGone(page, pages);
    trouble = trouble ? null : (pages.troubles[(outcome.condition ?? 0) - 1] ?? null);
    if (trouble?.isFinal) throw gaveUp(name, trouble);
  }
}

async function isSignedIn(page: Page, pages: SignInPages): Promise<boolean> {
  const { url } = await page.url();
  if (!new RegExp(signedInPattern(page, pages)).test(url)) return false;
  return !(await showsForm(page, pages));
}

async function showsForm(page: Page, pages: SignInPages): Promise<boolean> {
  const { visible } = await page.isVisible({ selector: anyOf(pages.form) });
  return visible;
}

/** The address may be right before the form has gone: some entries of the account area are entries of the sign-in too. */
async function formIsGone(page: Page, pages: SignInPages): Promise<void> {
  if (!(await showsForm(page, pages))) return;
  const outcome = await page.yieldToUser({
    status: { heading: `Sign in to ${pages.name}` },
    match: "all",
    conditions: [
      { type: "url", pattern: signedInPattern(page, pages) },
      ...pages.form.map((selector) => ({ type: "selector" as const, selector, state: "hidden" as const })),
    ],
  });
  if (!outcome.matched) throw gaveUp(pages.name, null);
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

/** Fields of a login form are never shown twice, so that the first one that shows is enough. */
function anyOf(selectors: readonly string[]): string {
  return `:is(${selectors.join(", ")}):visible >> nth=0`;
}
