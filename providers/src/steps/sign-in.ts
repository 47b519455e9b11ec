import type { PassageError } from "@passage/protocol/errors";
import { failure } from "../failure.ts";
import type { Page } from "../page.ts";
import type { SignInPages, Trouble } from "../sign-in.ts";
import { atUrl, type Condition, hidden, type Place, place, visible } from "./step.ts";

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
  readonly signedIn: Condition;
  readonly form: Condition;
  readonly fieldsGone: readonly Condition[];
  readonly troubles: readonly { readonly trouble: Trouble; readonly shows: Condition; readonly gone: Condition }[];
}

const known = new WeakMap<DeclaredSignIn, Steps>();

/** The steps and words of a sign-in, from the pages that it has. */
export function signInPages(pages: SignInPages): DeclaredSignIn {
  const { name, site, start, signedInPath, form, troubles } = pages;
  const parts: Steps = {
    account: place(start as `https://${string}`),
    signedIn: atUrl(site as `https://${string}`, signedInPath),
    // Fields of a login form are never shown twice, so that the first one that shows is enough.
    form: visible(`:is(${form.join(", ")}):visible >> nth=0`),
    fieldsGone: form.map((field) => hidden(field)),
    troubles: troubles.map((trouble) => ({
      trouble,
      shows: visible(trouble.selector),
      gone: hidden(trouble.selector),
    })),
  };
  const { account, signedIn, form: shown } = parts;
  const declared: DeclaredSignIn = {
    pages,
    steps: {
      account,
      signedIn,
      form: shown,
      ...Object.fromEntries(parts.fieldsGone.map((one, index) => [`field${index + 1}Gone`, one])),
      ...Object.fromEntries(
        parts.troubles.flatMap(({ shows, gone }, index) => [
          [`trouble${index + 1}`, shows],
          [`trouble${index + 1}Gone`, gone],
        ]),
      ),
    },
    says: [`Opening ${name}`, `Sign in to ${name}`, ...troubles.map(({ message }) => message)],
  };
  known.set(declared, parts);
  return declared;
}

/** Opens the account and waits until the person has signed in; at once when they are, as in a link's second operation. */
export async function signIn(page: Page, declared: DeclaredSignIn): Promise<void> {
  const { name } = declared.pages;
  const steps = known.get(declared) as Steps;
  if ((await page.at(steps.signedIn)) && !(await page.at(steps.form))) return;
  await page.updateStatus({ heading: `Opening ${name}`, progress: 0.1 });
  const status = await page.go(steps.account);
  if (status === "down") throw failure("site_down", `${name} is out of order.`, { status });
  // Some sites answer 401 or 404 with their whole application, which shows its form.
  if (status !== null && status !== "ok" && !(await page.at(steps.form))) throw unwelcome(declared, status);
  let met: Steps["troubles"][number] | null = null;
  for (;;) {
    const heading = `Sign in to ${name}`;
    const troubles = steps.troubles.map(({ shows }) => shows);
    const outcome = await page.turn({
      heading,
      ...(met && { subheading: met.trouble.message }),
      until: [steps.signedIn, ...(met ? [met.gone] : troubles)],
    });
    if (!outcome.matched) throw gaveUp(name, met?.trouble ?? null);
    if (outcome.condition === 0) return formIsGone(page, steps, name);
    met = met ? null : (steps.troubles[(outcome.condition ?? 0) - 1] ?? null);
    if (met?.trouble.isFinal) throw gaveUp(name, met.trouble);
  }
}

/** The address may be right before the form has gone: some entries of the account area are entries of the sign-in too. */
async function formIsGone(page: Page, { form, signedIn, fieldsGone }: Steps, name: string): Promise<void> {
  if (!(await page.at(form))) return;
  const outcome = await page.turn({ heading: `Sign in to ${name}`, match: "all", until: [signedIn, ...fieldsGone] });
  if (!outcome.matched) throw gaveUp(name, null);
}

function gaveUp(name: string, trouble: Trouble | null): PassageError {
  if (trouble) return failure(trouble.reason, trouble.message);
  return failure("user_gave_up", `The sign-in to ${name} was given up before it was complete.`);
}

function unwelcome({ pages: { name, site, start, form } }: DeclaredSignIn, status: string): PassageError {
  if (status !== "absent") return failure("blocked_by_site", `${name} refuses this browser.`, { status });
  const expected = `the account or its sign-in (${form.join(", ")}) at ${start.replace(site, "")}`;
  const seen = "status 404 or 410";
  return failure("site_changed", `${name} has no page any more where its account was.`, { expected, seen });
}
