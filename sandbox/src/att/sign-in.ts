import { signInHost } from "../sign-in/host.ts";
import { OAuth } from "../sign-in/oauth.ts";
import { codePage, factorPage, pushPage, puzzlePage, twoStepPage } from "../sign-in/pages.ts";
import { twoStepScript } from "../sign-in/two-step-script.ts";
import { brand } from "./brand.ts";

const authorizePath = "/dynamic/iamLRR/LrrController";
export const oauth = new OAuth(brand, { clientId: "m14186-sandbox", authorizePath });

const form = {
  path: "/signin",
  render: (url: string, notice: string | null) =>
    twoStepPage(brand, url, ["appErrorAbove", "passwordInlineErrorText"], notice),
};
const entries = {
  username: "/auth/userid",
  password: "/auth/password",
  puzzle: "/auth/challenge",
  factor: "/mfa/choose",
  code: "/mfa/code",
  approval: "/mfa/push",
};

/** signin.att: user ID, then password; nearly every new sign-in needs a code on a phone that the person chooses. */
export const signIn = signInHost({
  brand,
  oauth,
  authorizePath,
  pages: {
    username: form,
    password: form,
    puzzle: { path: entries.puzzle, render: (url) => puzzlePage(brand, url) },
    factor: { path: entries.factor, render: (url) => factorPage(brand, url) },
    code: { path: entries.code, render: (url) => codePage(brand, url, "codeValue") },
    push: { path: entries.approval, render: (url) => pushPage(brand, url) },
  },
  entries,
  twoStepScript: twoStepScript(
    {
      username: {
        hint: "Enter your user ID to continue.",
        label: "User ID",
        input: "userID",
        button: "continueFromUserLogin",
        buttonText: "Continue",
        alert: "appErrorAbove",
      },
      password: {
        hint: "Enter your password.",
        label: "Password",
        input: "password",
        button: "signin",
        buttonText: "Sign in",
        alert: "passwordInlineErrorText",
      },
    },
    entries,
  ),
});
