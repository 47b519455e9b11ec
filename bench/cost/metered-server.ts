import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildWorker } from "../../scripts/build-worker.ts";

/** Where a metered server is read, as JSON. */
export const readingPath = "/bench/cost";

const file = (relative: string) => JSON.stringify(fileURLToPath(new URL(relative, import.meta.url)));

/** Builds the server's own bundle with meters around its objects. Returns where it stands. */
export async function buildMeteredServer(folder: string): Promise<string> {
  const entry = join(folder, "metered.js");
  writeFileSync(
    entry,
    `import app, { Directory, Organization, Session } from ${file("../../server/dist/worker.js")};
import { metered, meterTimers, read } from ${file("meter.ts")};
const MeteredOrganization = metered("organization", Organization);
const MeteredSession = metered("session", Session);
meterTimers("session");
let requests = 0;
export { Directory, MeteredOrganization as Organization, MeteredSession as Session };
export default {
  fetch(request, env, context) {
    if (new URL(request.url).pathname === ${JSON.stringify(readingPath)}) {
      const reading = Response.json({ ...read(), requests });
      requests = 0;
      return reading;
    }
    requests += 1;
    return app.fetch(request, env, context);
  },
};
`,
  );
  const built = join(folder, "metered-server.js");
  await buildWorker(entry, built);
  return built;
}
