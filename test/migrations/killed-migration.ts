import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Operator } from "../../cli/src/operator.ts";
import { DataFolder } from "../../cli/src/runtime/data-folder.ts";
import { startServer } from "../../cli/src/runtime/server-process.ts";
import { buildWorker } from "../../scripts/build-worker.ts";
import { temporaryFolder } from "../harness/passage-process.ts";
import { objectsIn } from "./data-folder.ts";
import { type Stall, stalledLine } from "./stalled-object.ts";

const path = (relative: string) => JSON.stringify(fileURLToPath(new URL(relative, import.meta.url)));

/**
 * Serves the data folder with a server whose objects of one kind stand still in their migration, and kills it (`kill -9`) when
 * each of them does. The other objects are the product's.
 */
export async function killInMigration(folder: string, stall: Stall): Promise<void> {
  const data = new DataFolder(folder);
  const built = temporaryFolder();
  const everyObject = objectsIn(folder, stall.object).length;
  let standing = 0;
  const { promise: allStand, resolve } = Promise.withResolvers<void>();
  const server = await startServer({
    data,
    worker: await buildStalled(built, stall),
    port: 0,
    host: "127.0.0.1",
    production: false,
    publicUrl: null,
    onLine: (line) => {
      if (line.includes(stalledLine) && ++standing === everyObject) resolve();
    },
  });
  // Organizations and sessions wake by their alarms.
  const asked = Promise.allSettled(
    stall.object === "directory" ? [new Operator(server.url, data.operatorToken).organizations()] : [],
  );
  await Promise.race([allStand, server.ended.then((why) => Promise.reject(new Error(why)))]);
  process.kill(data.requireServer().workerdPid, "SIGKILL");
  await server.ended;
  for (const { status } of await asked)
    if (status !== "rejected") throw new Error("A directory that stands still answered.");
  rmSync(built, { recursive: true });
}

/** The product's bundle with another class for one kind of object. Returns where it is. */
async function buildStalled(folder: string, stall: Stall): Promise<string> {
  const className = stall.object.replace(/^./, (letter) => letter.toUpperCase());
  const entry = join(folder, "stalled.js");
  writeFileSync(
    entry,
    `import { ${stall.object}Migrations as steps } from ${path(`../../server/src/${stall.object}/migrations.ts`)};
import { migrate } from ${path("../../server/src/migrate.ts")};
import { stalledObject } from ${path("stalled-object.ts")};
export * from ${path("../../server/src/worker.ts")};
export { default } from ${path("../../server/src/worker.ts")};
export const ${className} = stalledObject(${JSON.stringify(stall)}, steps, migrate);
`,
  );
  const worker = join(folder, "stalled-worker.js");
  await buildWorker(entry, worker);
  return worker;
}
