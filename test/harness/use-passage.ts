import { afterAll, beforeAll } from "vitest";
import { type Running, removeFolder, startPassage } from "./passage-process.ts";

/** A started product for all tests of a file, on a data folder of its own; stopped and removed after them. */
export function usePassage(): Running {
  const passage = {} as Running;
  beforeAll(async () => {
    Object.assign(passage, await startPassage());
  });
  afterAll(async () => {
    await passage.stop();
    removeFolder(passage.data);
  });
  return passage;
}
