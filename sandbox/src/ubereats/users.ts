/** What goes wrong once the second page of orders is asked for. */
export type Trouble = "session-ends" | "context-lost" | "hangs" | "rate-limited" | "key-renamed";

export type Diner = {
  name: string;
  /** One line for the person who chooses a scenario. */
  scenario: string;
  /** Other ways to type the same user: a phone number, an e-mail. */
  aliases?: string[];
  /** `apple`: this account was made with the popup, and has no other way in. */
  signIn: "code" | "password" | "apple" | "google" | "passkey" | "locked";
  orderCount: number;
  /** The account has no name. */
  isNameless?: true;
  trouble?: Trouble;
  /** How a link that reads all orders ends: complete, or the reason of its failure. */
  outcome: string;
};

/** Who may sign in at Uber Eats, and what happens then. */
export const diners: readonly Diner[] = [
  {
    name: "user_good",
    scenario: "Signs in with a 4-digit code; 34 orders, some cancelled or refunded",
    aliases: ["4255550100", "good@example.com"],
    signIn: "code",
    orderCount: 34,
    outcome: "complete",
  },
  {
    name: "user_no_mfa",
    scenario: "Signs in with a password",
    signIn: "password",
    orderCount: 12,
    outcome: "complete",
  },
  {
    name: "user_popup",
    scenario: "Signs in with “Continue with Apple”, in a popup window; 5 orders",
    signIn: "apple",
    orderCount: 5,
    outcome: "complete",
  },
  {
    name: "user_google",
    scenario: "Signs in with Google only, which lets nobody in from a browser inside an app",
    signIn: "google",
    orderCount: 0,
    outcome: "unsupported_login_method",
  },
  {
    name: "user_passkey",
    scenario: "Signs in with a passkey only, which this browser does not have",
    signIn: "passkey",
    orderCount: 0,
    outcome: "unsupported_login_method",
  },
  {
    name: "user_locked",
    scenario: "The account is deactivated",
    signIn: "locked",
    orderCount: 0,
    outcome: "account_locked",
  },
  {
    name: "user_empty",
    scenario: "A new account with no orders and no name",
    signIn: "code",
    orderCount: 0,
    isNameless: true,
    outcome: "complete",
  },
  { name: "user_many", scenario: "300 orders, in 30 pages", signIn: "code", orderCount: 300, outcome: "complete" },
  {
    name: "user_refresh",
    scenario: "The session ends while orders are read; the site refreshes it on its own when /orders is opened",
    signIn: "code",
    orderCount: 34,
    outcome: "complete",
    trouble: "session-ends",
  },
  {
    name: "user_context",
    scenario: "The eater context is lost (code 3) while orders are read; opening /orders again brings it back",
    signIn: "code",
    orderCount: 34,
    outcome: "complete",
    trouble: "context-lost",
  },
  {
    name: "user_hang",
    scenario: "The second page of orders is never answered",
    signIn: "code",
    orderCount: 34,
    outcome: "site_down",
    trouble: "hangs",
  },
  {
    name: "user_rate_limited",
    scenario: "The second page of orders is answered 429",
    signIn: "code",
    orderCount: 34,
    outcome: "blocked_by_site",
    trouble: "rate-limited",
  },
  {
    name: "user_changed",
    scenario: "The site has changed: from the second page on, an order's fareInfo is called fareDetails",
    signIn: "code",
    orderCount: 34,
    outcome: "site_changed",
    trouble: "key-renamed",
  },
];

/** Finds a user by name or alias, as typed. */
export function findDiner(typed: string): Diner | null {
  const wanted = typed.trim().toLowerCase();
  return diners.find((diner) => diner.name === wanted || diner.aliases?.includes(wanted)) ?? null;
}

/** The user that a remembered name stands for. */
export function dinerNamed(name: string | null): Diner | null {
  return diners.find((diner) => diner.name === name) ?? null;
}
