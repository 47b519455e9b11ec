import type { Mode } from "@passage/protocol/ids";
import { Operator } from "./operator.ts";
import { DataFolder } from "./runtime/data-folder.ts";

/** Makes an API key on the running server and prints it; it cannot be shown again. */
export async function createKey(options: {
  mode: Mode;
  name?: string;
  json?: boolean;
  data?: string;
}): Promise<number> {
  const { key, mode, createdAt } = await Operator.of(new DataFolder(options.data)).createKey(
    options.mode,
    options.name,
  );
  if (options.json) console.log(JSON.stringify({ key, mode, createdAt }));
  else console.log(`${key}\nThis ${mode} key is shown once: the server keeps only its hash.`);
  return 0;
}
