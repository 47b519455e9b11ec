import { operation } from "@passage/providers/define";
import { accountId, date, textOrNull } from "@passage/providers/reads/leaf";
import { reads, request } from "@passage/providers/reads/read";
import { signIn } from "@passage/providers/steps/sign-in";
import { steps } from "@passage/providers/steps/step";
import * as z from "zod";
import { accountResult, accountSends, accountWords, sampleAccount, toAccount } from "../resources/account/account.ts";
import { pages, site } from "./pages.ts";

const reader = reads({
  reader: request({
    what: accountWords,
    on: `${site}/history`,
    get: "/api/reader",
    data: z.object({ readerId: accountId(), name: textOrNull(100), joinedOn: date().nullable() }),
  }),
});

export const accountRead = operation({
  resource: "account",
  action: "read",
  description: accountSends,
  arguments: null,
  result: accountResult,
  sample: sampleAccount,
  manifest: {
    origins: [site],
    reads: reader,
    steps: steps(pages.steps),
    says: [...pages.says, "Reading your profile", "Done"],
    evidence: "synthetic",
  },
  async run(page) {
    await signIn(page, pages);
    await page.updateStatus({ heading: "Reading your profile", progress: 0.5 });
    const { readerId, name, joinedOn } = await page.read(reader.reader);
    await page.updateStatus({ heading: "Done", progress: 1 });
    return toAccount(readerId, name, joinedOn);
  },
});
