export type Reader = {
  name: string;
  /** One line for the person who chooses a scenario. */
  scenario: string;
  /** Other ways to type the same user. */
  aliases?: string[];
  signIn: "code" | "password" | "locked";
  historyCount: number;
  /** The account has neither a name nor a date since when it is one. */
  isNameless?: true;
  trouble?: "hangs" | "key-renamed";
  /** How a link that reads the history ends: complete, or the reason of its failure. */
  outcome: string;
};

/** Who may sign in at the reading site, and what happens then. */
export const readers: readonly Reader[] = [
  {
    name: "user_good",
    scenario: "Signs in with a one-time code; 28 articles read",
    aliases: ["good@example.com"],
    signIn: "code",
    historyCount: 28,
    outcome: "complete",
  },
  {
    name: "user_no_mfa",
    scenario: "Signs in with the password alone; 9 articles read",
    signIn: "password",
    historyCount: 9,
    outcome: "complete",
  },
  {
    name: "user_locked",
    scenario: "The account is locked",
    signIn: "locked",
    historyCount: 0,
    outcome: "account_locked",
  },
  {
    name: "user_empty",
    scenario: "A new account with nothing read, and no name or date in its profile",
    signIn: "code",
    historyCount: 0,
    isNameless: true,
    outcome: "complete",
  },
  {
    name: "user_hang",
    scenario: "The reading history is never answered",
    signIn: "password",
    historyCount: 9,
    trouble: "hangs",
    outcome: "site_down",
  },
  {
    name: "user_changed",
    scenario: "The site has changed: an article's readAt is called finishedAt",
    signIn: "password",
    historyCount: 9,
    trouble: "key-renamed",
    outcome: "site_changed",
  },
];

/** Finds a reader by name or alias, as typed. */
export function findReader(typed: string): Reader | null {
  const wanted = typed.trim().toLowerCase();
  return readers.find((reader) => reader.name === wanted || reader.aliases?.includes(wanted)) ?? null;
}

/** The user that a remembered name stands for. */
export function readerNamed(name: string | null): Reader | null {
  return readers.find((reader) => reader.name === name) ?? null;
}
