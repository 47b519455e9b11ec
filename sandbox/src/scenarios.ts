import { appleReviewHost } from "./apple-review/host.ts";
import { readers } from "./apple-review/users.ts";
import { brands } from "./brands.ts";
import { hosts as ubereatsHosts } from "./ubereats/origins.ts";
import { shortCode } from "./ubereats/sign-in.ts";
import { diners } from "./ubereats/users.ts";
import { goodCode, goodPassword, magicCards, scenarioUsers } from "./users.ts";
import { startingMethods } from "./wallet/methods.ts";

/** Sites with the same users, and what each user makes happen there. */
export interface ScenarioGroup {
  readonly sites: readonly {
    /** The id of the provider that reads the site. */
    readonly provider: string;
    readonly name: string;
    /** Host and path where a person begins; the port is the server's. */
    readonly start: string;
    /** What `user_good` enters there after the name. Approval on the phone is the sandbox's own doing. */
    readonly enters: { readonly password?: string; readonly code?: string };
  }[];
  /** The one-time code that these sites accept. */
  readonly code: string;
  readonly users: readonly Scenario[];
}

export interface Scenario {
  readonly name: string;
  /** Other ways to type the same user: a phone number, an e-mail. */
  readonly aliases?: readonly string[];
  readonly scenario: string;
  /** How a link that reads all of the account ends: complete, or the reason of its failure. */
  readonly outcome: string;
  /** How many entries each list of a complete result has. */
  readonly holds: Readonly<Record<string, number>>;
  /** What the profile of the account says, where it says it. */
  readonly account: { readonly holderName?: string; readonly memberSince?: string };
}

/** The one table of the sandbox: printed by `passage sandbox users`, in docs/sandbox.md and on the index page. */
export const sandboxTable: {
  readonly password: string;
  readonly cards: readonly { readonly number: string; readonly meaning: string }[];
  readonly groups: readonly ScenarioGroup[];
} = {
  password: goodPassword,
  cards: magicCards,
  groups: [
    {
      sites: brands.map(({ id, name, hosts, start, secondFactor }) => ({
        provider: id,
        name,
        start: hosts.www + start,
        enters: { password: goodPassword, ...(secondFactor === "factor" && { code: goodCode }) },
      })),
      code: goodCode,
      users: scenarioUsers.map((user) =>
        scenario(
          user,
          { billing: user.billCount, paymentMethods: startingMethods(user).length },
          { ...(user.holder && { holderName: user.holder }), ...(user.since && { memberSince: user.since }) },
        ),
      ),
    },
    {
      sites: [
        { provider: "ubereats", name: "Uber Eats", start: `${ubereatsHosts.www}/orders`, enters: { code: shortCode } },
      ],
      code: shortCode,
      users: diners.map((diner) =>
        scenario(diner, { orders: diner.orderCount }, diner.isNameless ? {} : { holderName: "Sam Rivera" }),
      ),
    },
    {
      sites: [
        {
          provider: "apple-review",
          name: "The Reading Room",
          start: `${appleReviewHost}/history`,
          enters: { password: goodPassword, code: goodCode },
        },
      ],
      code: goodCode,
      users: readers.map((reader) =>
        scenario(
          reader,
          { history: reader.historyCount },
          reader.isNameless ? {} : { holderName: "Sam Rivera", memberSince: "2019-03-14" },
        ),
      ),
    },
  ],
};

function scenario(
  { name, aliases, scenario, outcome }: Omit<Scenario, "holds" | "account">,
  holds: Scenario["holds"],
  account: Scenario["account"],
): Scenario {
  return { name, ...(aliases && { aliases }), scenario, outcome, holds, account };
}
