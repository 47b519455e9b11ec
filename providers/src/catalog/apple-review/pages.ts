import { declaredSignIn } from "@passage/providers/steps/sign-in";

export const site = "https://review.passage.example";

export const pages = declaredSignIn({
  name: "The Reading Room",
  site,
  start: `${site}/history`,
  signedInPath: "/history$",
  form: ["input#email", "input#password", "input#code"],
  troubles: [
    {
      selector: "#sign-in-error:has-text('locked')",
      reason: "account_locked",
      message: "The Reading Room says that the account is locked.",
      isFinal: true,
    },
    {
      selector: "#sign-in-error:has-text('password is wrong')",
      reason: "wrong_credentials",
      message: "The Reading Room did not take this email and password.",
    },
    {
      selector: "#sign-in-error:has-text('code is not right')",
      reason: "mfa_failed",
      message: "The Reading Room did not take the code.",
    },
  ],
});
