import { fileURLToPath } from "node:url";
import { buildConnect } from "../connect/build.ts";
import { buildPageScript } from "../device/build.ts";
import { buildClaimPage } from "../link/build.ts";
import { buildScenarioTable } from "../sandbox/build.ts";
import { buildAssets } from "../server/build-assets.ts";
import { buildDocuments } from "../server/build-documents.ts";
import { buildSchemaVersions } from "../server/build-schema-versions.ts";
import { buildCatalog } from "./build-catalog.ts";
import { buildWorker } from "./build-worker.ts";

/** Builds every artefact that another part takes as a file. What the server's bundle carries comes first: the claim page. */
const root = fileURLToPath(new URL("..", import.meta.url));

buildAssets();
buildDocuments();
buildSchemaVersions(`${root}/server/dist/schema-versions.json`);
await Promise.all([buildClaimPage(), buildPageScript(`${root}/device/dist/page-script.js`), buildCatalog(root)]);
await Promise.all([
  buildWorker(`${root}/server/src/worker.ts`, `${root}/server/dist/worker.js`),
  buildWorker(`${root}/sandbox/src/worker.ts`, `${root}/sandbox/dist/worker.js`),
  buildScenarioTable(`${root}/sandbox/dist/scenarios.json`),
  ...(process.argv.includes("--all") ? [buildConnect()] : []),
]);
