import { signInHost } from "../sign-in/host.ts";
import { OAuth } from "../sign-in/oauth.ts";
import { codePage, factorPage, pushPage, puzzlePage, twoStepPage } from "../sign-in/pages.ts";
import { twoStepScript } from "../sign-in/two-step-script.ts";
import { brand } from "./brand.ts";

const authorizePath = "/oauth2/v1/auth";
export const oauth = new OAuth(brand, { clientId: "MYTMO-sandbox-web", authorizePath });

const alert = "page-level-id";
const form = {
  path: "/signin/v2/",
  render: (url: string, notice: string | null) => twoStepPage(brand, url, [alert], notice),
};
const choose = "/sap/v2/actions/choosemethod";
const code = "/sap/v2/actions/confirmcode";
const entries = {
  username: "/signin/v2/username",
  password: "/signin/v2/password",
  puzzle: "/signin/v2/challenge",
  factor: choose,
  code,
  approval: "/sap/v2/actions/push",
};

/** account.t-mobile: two steps in place, then a factor that the person chooses. */
export const account = signInHost({
  brand,
  oauth,
  authorizePath,
  pages: {
    username: form,
    password: form,
    puzzle: { path: entries.puzzle, render: (url) => puzzlePage(brand, url) },
    factor: { path: choose, render: (url) => factorPage(brand, url) },
    code: { path: code, render: (url) => codePage(brand, url, "confirmcode") },
    push: { path: entries.approval, render: (url) => pushPage(brand, url) },
  },
  entries,
  twoStepScript: twoStepScript(
    {
      username: {
        hint: "Get started with your T-Mobile ID.",
        label: "Phone number or email",
        input: "usernameTextBox",
        button: "lp1-next-btn",
        buttonText: "Next",
        alert,
      },
      password: {
        hint: "Enter your password to continue.",
        label: "Password",
        input: "passwordTextBox",
        button: "lp2-login-btn",
        buttonText: "Log in",
        alert,
      },
    },
    entries,
  ),
});
