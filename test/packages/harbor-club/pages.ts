import { declaredSignIn } from "@passage/providers/steps/sign-in";

export const site = "https://www.harbor-club.example";
export const signInOrigin = "https://login.harbor-club.example";

export const signInPages = declaredSignIn({
  name: "Harbor Club",
  site,
  start: `${site}/berths`,
  signedInPath: "/(berths|app)(/|$|\\?)",
  form: ["input#member", "input#password"],
  troubles: [
    {
      selector: "#error:has-text('not right')",
      reason: "wrong_credentials",
      message: "The club did not take this member number and password.",
    },
  ],
});
