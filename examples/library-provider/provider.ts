import { defineProvider } from "@passage/providers/define";
import { loansRead } from "./loans.read.ts";

export const cedarLibrary = defineProvider({
  id: "cedar-library",
  name: "Cedar Library",
  version: 3,
  site: "https://www.cedar-library.example",
  operations: [loansRead],
});
