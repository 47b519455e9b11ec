import { join } from "node:path";
import { replay } from "@passage/providers/tools/replay";
import { describe, expect, test } from "vitest";
import { findAll, findOperation, readRecordings } from "./find.ts";

const examples = ["library-provider"].map((name) => join(import.meta.dirname, "../../../examples", name));
const found = [...(await findAll()), ...(await Promise.all(examples.map((folder) => findAll(folder)))).flat()];

/** Every recording that there is, offline. */
describe.each(found)("$provider.id", (one) => {
  const recordings = readRecordings(one);

  test.each(recordings)("$file", async ({ recording }) => {
    expect(await replay(findOperation(one, recording.operation), recording)).toBe(null);
  });

  test("each operation has a recording, of this version", () => {
    const recorded = new Set(recordings.map(({ recording }) => recording.operation));
    for (const { resource, action } of one.provider.operations) expect(recorded).toContain(`${resource}:${action}`);
    for (const { file, recording } of recordings) expect(recording.version, file).toBe(one.provider.version);
  });
});
