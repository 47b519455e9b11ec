/** The password of every scenario user. Any other password is wrong. */
export const goodPassword = "pass_good";

/** The one-time code that every sandbox site accepts. Any other code is wrong. */
export const goodCode = "123456";

/** Card numbers that mean something to every payment frame. Other numbers are saved when their check digit is right. */
export const magicCards = [
  { number: "4242424242424242", meaning: "Visa; is saved" },
  { number: "5555555555554444", meaning: "Mastercard; is saved" },
  { number: "4000000000000002", meaning: "Visa; the site refuses it" },
] as const;

export type ScenarioUser = {
  name: string;
  /** One line for the person who chooses a scenario; printed in the docs and on the index page. */
  scenario: string;
  /** Other ways to type the same user: a phone number, an e-mail. */
  aliases?: string[];
  /** What follows the right password. A site without one-time codes asks for approval on the phone instead. */
  signIn: "code" | "password" | "push" | "captcha";
  /** What goes wrong, in the sign-in or after it. */
  trouble?: "wrong_password" | "locked" | "blocked" | "push_expires" | "slow" | "hang" | "changed";
  /** How a link that reads this account ends: complete, or the reason of its failure. */
  outcome: string;
  /** How many monthly bills the account has. */
  billCount: number;
  /** How many phone lines. */
  lineCount: number;
  /** The real site sends its flag as a boolean or as text, so some user must have each. */
  autopay: "off" | "on" | "on-as-text";
  /** The name on the account, and since when it is one; null where the site does not know. */
  holder: string | null;
  since: string | null;
  /** The saved payment methods. */
  wallet: "two_cards" | "mixed" | "expired" | "none";
};

type Row = Pick<ScenarioUser, "name" | "scenario"> & Partial<ScenarioUser>;

function row(user: Row): ScenarioUser {
  return {
    signIn: "password",
    outcome: "complete",
    billCount: 14,
    lineCount: 2,
    autopay: "off",
    wallet: "two_cards",
    holder: "Sam Rivera",
    since: "2019-03-14",
    ...user,
  };
}

/** What happens on a sandbox site depends on who signs in. A new scenario is a new row. */
export const scenarioUsers: readonly ScenarioUser[] = [
  row({
    name: "user_good",
    scenario: "Signs in with a one-time code; 14 bills over two years, two cards",
    aliases: ["4255550100", "good@example.com"],
    signIn: "code",
  }),
  row({ name: "user_no_mfa", scenario: "Signs in with the password alone" }),
  row({
    name: "user_push",
    scenario: "Approves the sign-in on the phone, which the sandbox does itself",
    signIn: "push",
  }),
  row({ name: "user_captcha", scenario: "Has to solve a puzzle after the password", signIn: "captcha" }),
  row({
    name: "user_wrong_password",
    scenario: "Every password is wrong, also the right one",
    trouble: "wrong_password",
    outcome: "wrong_credentials",
  }),
  row({
    name: "user_locked",
    scenario: "The account is locked: the right password is refused with a message",
    trouble: "locked",
    outcome: "account_locked",
  }),
  row({
    name: "user_push_expires",
    scenario: "Nobody approves the sign-in on the phone",
    signIn: "push",
    trouble: "push_expires",
    outcome: "mfa_failed",
  }),
  row({
    name: "user_blocked",
    scenario: "The site refuses the browser after the password",
    trouble: "blocked",
    outcome: "blocked_by_site",
  }),
  row({ name: "user_slow", scenario: "Each call for data takes two seconds", trouble: "slow" }),
  row({ name: "user_hang", scenario: "No call for data is ever answered", trouble: "hang", outcome: "site_down" }),
  row({
    name: "user_changed",
    scenario: "The site was rebuilt: the calls for data answer with other keys",
    trouble: "changed",
    outcome: "site_changed",
  }),
  row({
    name: "user_empty",
    scenario: "A new account with no bills, no payment methods, and no name or date in its profile",
    signIn: "code",
    billCount: 0,
    lineCount: 1,
    wallet: "none",
    holder: null,
    since: null,
  }),
  row({
    name: "user_one_bill",
    scenario: "One bill; autopay is on, sent as a boolean",
    signIn: "code",
    billCount: 1,
    autopay: "on",
  }),
  row({
    name: "user_autopay",
    scenario: "Autopay is on and scheduled, sent as the text “true”",
    signIn: "code",
    billCount: 3,
    autopay: "on-as-text",
  }),
  row({ name: "user_many_bills", scenario: "60 bills over five years", billCount: 60 }),
  row({ name: "user_many_lines", scenario: "A family with nine lines", lineCount: 9 }),
  row({ name: "user_mixed_wallet", scenario: "A credit card, a debit card and a bank account", wallet: "mixed" }),
  row({ name: "user_expired_card", scenario: "The only card has expired", wallet: "expired" }),
];

/** Finds a user by name or alias, as typed. */
export function findUser(typed: string): ScenarioUser | null {
  const wanted = typed.trim().toLowerCase();
  return scenarioUsers.find((user) => user.name === wanted || user.aliases?.includes(wanted)) ?? null;
}

/** The user that a site remembers by name. */
export function userNamed(name: string | null): ScenarioUser | null {
  return scenarioUsers.find((user) => user.name === name) ?? null;
}
