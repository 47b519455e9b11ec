/** The password of every scenario user. Any other password is wrong. */
export const goodPassword = "pass_good";
/** The one-time code that every sandbox site accepts. Any other code is wrong. */
export const goodCode = "123456";

export type ScenarioUser = {
  name: string;
  /** One line for the person who chooses a scenario; printed in the docs and on the index page. */
  scenario: string;
  /** Other ways to type the same user: a phone number, an e-mail. */
  aliases?: string[];
  signIn: "code" | "password" | "locked";
  /** How many monthly bills the account has. */
  billCount: number;
  /** The real site sends its flag as a boolean or as text, so some user must have each. */
  autopay: "off" | "on" | "on-as-text";
};

/** What happens on a sandbox site depends on who signs in. A new scenario is a new row. */
export const scenarioUsers: readonly ScenarioUser[] = [
  {
    name: "user_good",
    scenario: "Signs in with a one-time code; 14 bills over two years",
    aliases: ["4255550100", "good@example.com"],
    signIn: "code",
    billCount: 14,
    autopay: "off",
  },
  {
    name: "user_no_mfa",
    scenario: "Signs in with the password alone",
    signIn: "password",
    billCount: 14,
    autopay: "off",
  },
  {
    name: "user_locked",
    scenario: "The account is locked: the right password is refused with a message",
    signIn: "locked",
    billCount: 0,
    autopay: "off",
  },
  {
    name: "user_empty",
    scenario: "A new account with no bills",
    signIn: "code",
    billCount: 0,
    autopay: "off",
  },
  {
    name: "user_one_bill",
    scenario: "One bill; autopay is on, sent as a boolean",
    signIn: "code",
    billCount: 1,
    autopay: "on",
  },
  {
    name: "user_autopay",
    scenario: "Autopay is on and scheduled, sent as the text “true”",
    signIn: "code",
    billCount: 3,
    autopay: "on-as-text",
  },
];

/** Finds a user by name or alias, as typed. */
export function findUser(typed: string): ScenarioUser | null {
  const wanted = typed.trim().toLowerCase();
  return scenarioUsers.find((user) => user.name === wanted || user.aliases?.includes(wanted)) ?? null;
}
