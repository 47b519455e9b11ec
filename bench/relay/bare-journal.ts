import { join } from "node:path";
import { startBareWorker } from "../workerd.ts";
import { answersARun } from "./catalog.ts";
import type { Journaling } from "./journaled.ts";
import { Peer } from "./peer.ts";

/** The bare object that journals, in the same pinned workerd. */
export async function startBareJournal(parent: string): Promise<Journaling> {
  const entry = join(import.meta.dirname, "bare-journal-object.ts");
  const worker = await startBareWorker(entry, { className: "BareJournal", parent, hasDatabases: true });
  let runs = 0;
  return {
    openRun: () => Peer.open(`${worker.url.replace("http", "ws")}/${++runs}?answers=${answersARun}`),
    stop: () => worker.stop(),
  };
}
