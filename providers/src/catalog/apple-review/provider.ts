import { defineProvider } from "@passage/providers/define";
import { accountRead } from "./account.read.ts";
import { readHistoryRead } from "./read-history.read.ts";

/** For the reviewers of an app store, who have no account anywhere: the site is the project's own. */
export const appleReview = defineProvider({
  id: "apple-review",
  name: "Apple Review",
  version: 6,
  site: "https://review.passage.example",
  operations: [readHistoryRead, accountRead],
});
