import { readFile } from "node:fs/promises";

const built = new URL("../../../dist/page-script.js", import.meta.url);

/** The built page script. */
export async function readPageScript(file: string | URL = built): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new Error("The page script is not built: run `npm run build`, then start again.", { cause });
  }
}
