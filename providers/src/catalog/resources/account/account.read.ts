import { type Operation, operation } from "@passage/providers/define";
import { accountId, date, textOrNull, within } from "@passage/providers/reads/leaf";
import { reads, request } from "@passage/providers/reads/read";
import { type DeclaredSignIn, signIn } from "@passage/providers/steps/sign-in";
import { place, steps } from "@passage/providers/steps/step";
import * as z from "zod";
import { accountResult, accountSends, accountWords, sampleAccount, toAccount } from "./account.ts";

/** Where a carrier shows whose account it is. No public source says; these addresses are the sandbox's. */
export interface Profile {
  readonly signIn: DeclaredSignIn;
  readonly page: `https://${string}`;
  /** The path of the page's own call. */
  readonly call: string;
}

interface Carrier {
  readonly siteOrigins: readonly string[];
  readonly signInOrigins: readonly string[];
  readonly profile: Profile;
}

/** Every key must be there, though its value may be null: one that is missing was renamed. */
const told = z.object({ accountNumber: accountId(), accountHolder: textOrNull(100), customerSince: date().nullable() });

/** `account.read` of a carrier: they differ by their addresses only. */
export function accountRead({ siteOrigins, signInOrigins, profile }: Carrier): Operation {
  const named = reads({
    profile: request({
      what: accountWords,
      on: profile.page,
      get: profile.call,
      data: within("account", told),
    }),
  });
  const profilePage = place(profile.page);
  return operation({
    resource: "account",
    action: "read",
    description: accountSends,
    arguments: null,
    result: accountResult,
    sample: sampleAccount,
    manifest: {
      origins: siteOrigins,
      signIn: signInOrigins,
      reads: named,
      steps: steps({ ...profile.signIn.steps, profilePage }),
      says: [...profile.signIn.says, "Reading your profile", "Done", "Your profile was read"],
      evidence: "synthetic",
    },
    async run(page) {
      await signIn(page, profile.signIn);
      await page.updateStatus({ heading: "Reading your profile", progress: 0.6 });
      await page.go(profilePage);
      const { accountNumber, accountHolder, customerSince } = (await page.read(named.profile)).account;
      await page.updateStatus({ heading: "Done", subheading: "Your profile was read", progress: 1 });
      return toAccount(accountNumber, accountHolder, customerSince);
    },
  });
}
