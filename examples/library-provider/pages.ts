import { declaredSignIn } from "@passage/providers/steps/sign-in";

export const site = "https://www.cedar-library.example";
export const signInOrigin = "https://login.cedar-library.example";

/** How the site shows whether somebody is signed in. */
export const signInPages = declaredSignIn({
  name: "Cedar Library",
  site,
  // A page behind the sign-in: the site leads to its form and back.
  start: `${site}/account/loans`,
  signedInPath: "/account(/|$|\\?)",
  // While one of these shows, nobody is signed in, whatever the address says.
  form: ["input#card-number", "input#pin"],
  // What the site shows when the sign-in does not go on.
  troubles: [
    {
      selector: "#sign-in-error:has-text('blocked')",
      reason: "account_locked",
      message: "The library says that the card is blocked.",
      isFinal: true,
    },
    {
      selector: "#sign-in-error:has-text('not right')",
      reason: "wrong_credentials",
      message: "The library did not take this card number and PIN.",
    },
  ],
});
