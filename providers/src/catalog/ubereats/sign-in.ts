import type { Page } from "@passage/providers/page";
import { declaredSignIn, signIn } from "@passage/providers/steps/sign-in";
import { place } from "@passage/providers/steps/step";

const start = "https://www.ubereats.com/orders";

/**
 * The sign-in is on another site, so its fields are never on a signed-in page. A session that the site renews on its own
 * passes through there too, and comes back without the person.
 */
const pages = declaredSignIn({
  name: "Uber Eats",
  site: "https://www.ubereats.com",
  start,
  signedInPath: "/([a-z]{2}(-[a-z]{2})?/)?orders(/|$|\\?)",
  form: ["#PHONE_NUMBER_or_EMAIL_ADDRESS", "#PASSWORD"],
  troubles: [
    {
      selector: '#sign-in-error:has-text("deactivated")',
      reason: "account_locked",
      message: "Uber Eats says that the account is deactivated.",
    },
    {
      selector: '#sign-in-error:is(:has-text("signs in with Google"), :has-text("passkey"))',
      reason: "unsupported_login_method",
      message: "This Uber Eats account signs in with Google or a passkey, neither of which works inside an app.",
    },
    {
      selector: '#sign-in-error:has-text("code")',
      reason: "mfa_failed",
      message: "Uber Eats did not take the code.",
    },
    {
      selector: '#sign-in-error:is(:has-text("password"), :has-text("find an account"))',
      reason: "wrong_credentials",
      message: "Uber Eats did not take this account or password.",
    },
  ],
});

const ordersPage = place(start);

export const signInOrigins = ["https://auth.uber.com", "https://appleid.apple.com"];
export const origins = ["https://www.ubereats.com", ...signInOrigins];

/** What the operation declares for it. */
export const signInSteps = { ...pages.steps, ordersPage };
export const signInWords = pages.says;

/** Opens the account and waits until the person has signed in; at once when they are. */
export function openOrders(page: Page): Promise<void> {
  return signIn(page, pages);
}

/** Loads the orders page anew, which mends a session that ended or a context that was lost. */
export async function reopenOrders(page: Page): Promise<void> {
  await page.go(ordersPage);
  return openOrders(page);
}
