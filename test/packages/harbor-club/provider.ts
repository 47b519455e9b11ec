import { defineProvider } from "@passage/providers/define";
import { berthsRead } from "./berths.read.ts";
import { visitsRead } from "./visits.read.ts";

export const harborClub = defineProvider({
  id: "harbor-club",
  name: "Harbor Club",
  version: 1,
  site: "https://www.harbor-club.example",
  operations: [berthsRead, visitsRead],
});
