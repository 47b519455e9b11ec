import { Passage, PassageError } from "@passage/connect";
import type { ApiOptions } from "./command.ts";
import { Operator } from "./operator.ts";
import { DataFolder } from "./runtime/data-folder.ts";

const usualUrl = "http://localhost:8787";

/**
 * The API that a command talks to: address and key from its options or the environment; else the server on the data folder,
 * with a key of its own that is made there at the first call.
 *
 * @throws {NoServerError} when neither a server nor a key is named and none runs on the data folder
 * @throws with what to give, when there is no key to be had
 */
export async function connectTo(options: ApiOptions): Promise<Passage> {
  const data = new DataFolder(options.data);
  const local = data.server?.url;
  const baseUrl = options.server ?? local ?? usualUrl;
  if (options.apiKey) return new Passage({ apiKey: options.apiKey, baseUrl });
  if (!options.server && !local) data.requireServer();
  const isLocal = local !== undefined && new URL(baseUrl).origin === local;
  if (!isLocal)
    throw new Error(
      `No API key for ${baseUrl}. Set PASSAGE_API_KEY or give --api-key; for a server on this machine, --data <its folder>.`,
    );
  return new Passage({ apiKey: await localKey(data, local, options.mode), baseUrl });
}

/** The CLI's own key on a local server; another one where it was revoked. Whoever can read it can read the operator's token too. */
async function localKey(data: DataFolder, url: string, mode: ApiOptions["mode"]): Promise<string> {
  const kept = data.cliKey(mode);
  if (kept !== null && (await isAccepted(kept, url))) return kept;
  const { key } = await new Operator(url, data.operatorToken).createKey(mode);
  data.keepCliKey(mode, key);
  return key;
}

async function isAccepted(apiKey: string, baseUrl: string): Promise<boolean> {
  try {
    await new Passage({ apiKey, baseUrl }).providers.list();
    return true;
  } catch (error) {
    if (error instanceof PassageError && error.code === "unauthorized") return false;
    throw error;
  }
}
