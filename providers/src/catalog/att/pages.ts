import { declaredSignIn } from "@passage/providers/steps/sign-in";
import type { Profile } from "../resources/account/account.read.ts";
import type { Wallet } from "../resources/payment-method/wallet.ts";

export const signInOrigins = ["https://signin.att.com"];
export const siteOrigins = ["https://www.att.com", ...signInOrigins];
/** Where the card form's frame comes from. No public source names the host. */
export const paymentOrigin = "https://payments.att.com";

export const signInPages = declaredSignIn({
  name: "AT&T",
  site: "https://www.att.com",
  start: "https://www.att.com/acctmgmt/overview",
  signedInPath: "/acctmgmt/(overview|billing/|profile/)",
  form: ["input#userID", "input#password"],
  troubles: [
    { selector: "#access-denied", reason: "blocked_by_site", message: "AT&T refuses this browser.", isFinal: true },
    {
      selector: '#passwordInlineErrorText:has-text("locked")',
      reason: "account_locked",
      message: "AT&T says that the account is locked.",
    },
    {
      selector: '#passwordInlineErrorText:has-text("incorrect")',
      reason: "wrong_credentials",
      message: "AT&T did not take this user ID and password.",
    },
    {
      selector: '#appErrorAbove:has-text("expired")',
      reason: "mfa_failed",
      message: "The request on the phone was not approved in time.",
    },
    {
      selector: '.verification-alert-message:visible, #appErrorAbove:has-text("codes")',
      reason: "mfa_failed",
      message: "AT&T did not take the code.",
    },
  ],
});

/** The same as steps of a manifest. */
export const wallet: Wallet = {
  signIn: signInPages,
  page: "https://www.att.com/acctmgmt/profile/paymentmethods",
  add: "https://www.att.com/acctmgmt/profile/paymentmethods/add",
  list: "/msapi/payments/v1/storedpaymentmethods",
};

export const profile: Profile = {
  signIn: signInPages,
  page: "https://www.att.com/acctmgmt/myprofile",
  call: "/msapi/profile/v1/account",
};
