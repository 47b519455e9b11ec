import * as z from "zod";

/** The result of `account.read`: enough to know an account again. */
export const accountResult = z.object({
  accountId: z
    .string()
    .describe(
      "A code that the device makes of the site's own id, which stays there: the same for an account whenever you ask, and another one for another organization.",
    ),
  holderName: z.string().optional().describe("As the site shows it."),
  memberSince: z.iso.date().optional().describe("2019-03-14."),
});
export type Account = z.infer<typeof accountResult>;

/** For people: what leaves the device. */
export const accountWords = "a code in place of your account's number, the name on it, and since when you have it";

export const accountSends = `A${accountWords.slice(1)}`;

export const sampleAccount: Account = {
  accountId: "acct_6xk2m0q9w4t7r1z8p3v5n6b2c",
  holderName: "Sam Rivera",
  memberSince: "2019-03-14",
};

/** What the site says of an account, without what it does not. */
export function toAccount(accountId: string, holderName: string | null, memberSince: string | null = null): Account {
  return { accountId, ...(holderName && { holderName }), ...(memberSince && { memberSince }) };
}
