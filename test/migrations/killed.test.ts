import { dirname } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { freePort } from "../../cli/src/runtime/port.ts";
import { ownSchema, type SchemaVersion, schemaOf } from "../../cli/src/runtime/schema-version.ts";
import { removeFolder } from "../harness/passage-process.ts";
import { startReceiver } from "../harness/receiver.ts";
import { openFixture, releases, unpackFixture, versionsIn } from "./data-folder.ts";
import { killInMigration } from "./killed-migration.ts";
import type { Stall } from "./stalled-object.ts";
import { startUpgraded, unfinishedWork } from "./upgraded.ts";

// Each row builds a server, starts two, and goes on with all of a folder's work.
vi.setConfig({ testTimeout: 120_000 });

const objects = ["organization", "session", "directory"] as const;
const moments = ["in the middle of", "after"] as const;

/** Each step that each kind of object has before it in each kept folder. */
const rows = releases.flatMap((release) =>
  objects.flatMap((object) => {
    const from = schemaLeftBy(release)[object];
    const steps = Array.from({ length: ownSchema()[object] - from }, (_, index) => from + index + 1);
    return steps.flatMap((step) => moments.map((moment) => ({ release, object, from, step, moment })));
  }),
);

describe("a migration that is killed (kill -9) loses nothing", () => {
  test.each(rows)(
    "$release, $object: $moment step $step",
    async ({ release, ...stall }: Stall & { release: string }) => {
      const [receiver, port] = [await startReceiver(), await freePort()];
      const data = openFixture(release, { receiver: receiver.url, port });
      await killInMigration(data, stall);
      const reached = stall.moment === "after" ? stall.step : stall.step - 1;
      expect(new Set(versionsIn(data, stall.object))).toEqual(new Set([reached]));
      const upgraded = await startUpgraded(release, { data, port, receiver });
      for (const goesOn of Object.values(unfinishedWork)) await goesOn(upgraded);
      for (const object of objects) expect(new Set(versionsIn(data, object))).toEqual(new Set([ownSchema()[object]]));
      await upgraded.passage.stop();
      await receiver.stop();
      removeFolder(dirname(data));
    },
  );
});

function schemaLeftBy(release: string): SchemaVersion {
  const data = unpackFixture(release);
  const schema = schemaOf(data);
  removeFolder(dirname(data));
  return schema;
}
