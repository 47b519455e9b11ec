import { afterAll, beforeAll } from "vitest";
import { type Running, removeFolder, type StartOptions, startPassage } from "./passage-process.ts";

/** A started product for all tests of a file, on a data folder of its own; stopped and removed after them. */
export function usePassage(options: StartOptions = {}): Running {
  const passage = {} as Running;
  beforeAll(async () => {
    Object.assign(passage, await startPassage(options));
  });
  afterAll(async () => {
    await passage.stop();
    removeFolder(passage.data);
  });
  return passage;
}
