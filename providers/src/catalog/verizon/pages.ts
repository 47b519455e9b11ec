import { declaredSignIn } from "@passage/providers/steps/sign-in";
import type { Profile } from "../resources/account/account.read.ts";
import type { Wallet } from "../resources/payment-method/wallet.ts";

export const signInOrigins = ["https://secure.verizon.com"];
export const siteOrigins = ["https://www.verizon.com", ...signInOrigins];
/** Where the card form's frame comes from. No public source names the host. */
export const paymentOrigin = "https://payments.verizon.com";

export const signInPages = declaredSignIn({
  name: "Verizon",
  site: "https://www.verizon.com",
  start: "https://www.verizon.com/digital/nsa/secure/ui/udb/",
  signedInPath: "/digital/nsa/secure/",
  form: ["input#username", "input#password"],
  troubles: [
    // Verizon's edge answers 418 with a page of this text.
    {
      selector: 'h1:has-text("This page isn\'t available")',
      reason: "blocked_by_site",
      message: "Verizon refuses this browser.",
      isFinal: true,
    },
    {
      selector: '#error-message:has-text("locked")',
      reason: "account_locked",
      message: "Verizon says that the account is locked.",
    },
    {
      selector: '#error-message:has-text("incorrect")',
      reason: "wrong_credentials",
      message: "Verizon did not take this user ID and password.",
    },
    {
      selector: '#error-message:has-text("expired")',
      reason: "mfa_failed",
      message: "The request on the phone was not approved in time.",
    },
  ],
});

/** The same as steps of a manifest. */
export const wallet: Wallet = {
  signIn: signInPages,
  page: "https://www.verizon.com/digital/nsa/secure/ui/payment/methods/",
  add: "https://www.verizon.com/digital/nsa/secure/ui/payment/methods/add/",
  list: "/digital/nsa/secure/gw/payment/paymentmethods",
};

export const profile: Profile = {
  signIn: signInPages,
  page: "https://www.verizon.com/digital/nsa/secure/ui/profile/",
  call: "/digital/nsa/secure/gw/profile/account",
};
