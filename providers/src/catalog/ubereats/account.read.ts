import { operation } from "@passage/providers/define";
import { accountId, textOrNull } from "@passage/providers/reads/leaf";
import { reads, request } from "@passage/providers/reads/read";
import { steps } from "@passage/providers/steps/step";
import * as z from "zod";
import { accountResult, sampleAccount, toAccount } from "../resources/account/account.ts";
import { openOrders, origins, signInOrigins, signInSteps, signInWords } from "./sign-in.ts";

const eater = reads({
  /** The site's own test of a session. It does not say since when somebody orders there. */
  user: request({
    what: "a code in place of your account's id, and the name on it",
    on: "https://www.ubereats.com/",
    post: "/_p/api/getUserV1",
    headers: { "x-csrf-token": "x" },
    json: { shouldGetSubsMetadata: true },
    data: z.object({
      status: z.literal("success"),
      data: z.object({ eaterXpUuid: accountId(), firstName: textOrNull(60), lastName: textOrNull(60) }),
    }),
  }),
});

export const accountRead = operation({
  resource: "account",
  action: "read",
  description: "A code in place of your account's id, and the name on it",
  arguments: null,
  result: accountResult,
  sample: { accountId: sampleAccount.accountId, holderName: "Sam Rivera" },
  manifest: {
    origins,
    signIn: signInOrigins,
    reads: eater,
    steps: steps(signInSteps),
    says: [...signInWords, "Reading your profile", "Done", "Your profile was read"],
    evidence: "documented",
  },
  async run(page) {
    await openOrders(page);
    await page.updateStatus({ heading: "Reading your profile", progress: 0.6 });
    const { eaterXpUuid, firstName, lastName } = (await page.read(eater.user)).data;
    await page.updateStatus({ heading: "Done", subheading: "Your profile was read", progress: 1 });
    return toAccount(eaterXpUuid, [firstName, lastName].filter(Boolean).join(" "));
  },
});
