import { declaredSignIn } from "@passage/providers/steps/sign-in";
import type { Profile } from "../resources/account/account.read.ts";
import type { Wallet } from "../resources/payment-method/wallet.ts";

export const signInOrigins = ["https://account.t-mobile.com"];
export const siteOrigins = ["https://www.t-mobile.com", ...signInOrigins];
/** Where the card form's frame comes from. No public source names the host. */
export const paymentOrigin = "https://payments.t-mobile.com";

export const signInPages = declaredSignIn({
  name: "T-Mobile",
  site: "https://www.t-mobile.com",
  start: "https://www.t-mobile.com/account",
  signedInPath: "/(my-account|bill|account|payment)(/|$|\\?)",
  form: ["input#usernameTextBox", "input#passwordTextBox"],
  troubles: [
    {
      selector: "#access-denied",
      reason: "blocked_by_site",
      message: "T-Mobile refuses this browser.",
      isFinal: true,
    },
    {
      selector: '#page-level-id:has-text("locked")',
      reason: "account_locked",
      message: "T-Mobile says that the account is locked.",
    },
    {
      selector: '#page-level-id:has-text("expired")',
      reason: "mfa_failed",
      message: "The request on the phone was not approved in time.",
    },
    {
      selector: '#page-level-id:has-text("incorrect"):not(:has-text("codes"))',
      reason: "wrong_credentials",
      message: "T-Mobile did not take this user name and password.",
    },
    {
      selector: '.verification-alert-message:visible, #page-level-id:has-text("codes")',
      reason: "mfa_failed",
      message: "T-Mobile did not take the code.",
    },
  ],
});

export const wallet: Wallet = {
  signIn: signInPages,
  page: "https://www.t-mobile.com/payment/wallet",
  add: "https://www.t-mobile.com/payment/wallet/add",
  list: "/self-service-pub/v1/payment-methods",
};

export const profile: Profile = {
  signIn: signInPages,
  page: "https://www.t-mobile.com/account/profile",
  call: "/self-service-pub/v1/account-profile",
};
