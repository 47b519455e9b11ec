import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const isClone = existsSync(fileURLToPath(new URL("../../../scripts/run.mjs", import.meta.url)));
/** The clone of the repository that this command runs in; null for the published package. */
export const cloneFolder = isClone ? fileURLToPath(new URL("../../..", import.meta.url)) : null;

/** How people run this command, here and where nothing is installed yet. */
export const passageCommand = "npx @passage/cli";
/** How they start the server. */
export const startCommand = isClone ? "npm start" : `${passageCommand} start`;
/** How they mend an installation that lacks a part. */
export const repairCommand = isClone ? "npm run build" : "npm install @passage/cli";
