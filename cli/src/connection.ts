import { Passage, PassageError } from "@passage/connect";
import type { Mode } from "@passage/protocol/ids";
import type { ApiOptions } from "./command.ts";
import { Operator } from "./operator.ts";
import { DataFolder } from "./runtime/data-folder.ts";

const usualUrl = "http://localhost:8787";

/** Where the API is that a command talks to. @throws {NoServerError} when none is named and none runs on the data folder */
export function urlFor({ server, apiKey, data }: ApiOptions): string {
  const folder = new DataFolder(data);
  return server ?? folder.server?.url ?? (apiKey ? usualUrl : folder.requireServer().url);
}

/**
 * The API that a command talks to: address and key from its options or the environment; else the server on the data folder,
 * with a key of its own that is made there at the first call.
 *
 * @throws {NoServerError} when neither a server nor a key is named and none runs on the data folder
 * @throws with what to give, when there is no key to be had
 */
export async function connectTo(options: ApiOptions): Promise<Passage> {
  const data = new DataFolder(options.data);
  const baseUrl = urlFor(options);
  if (options.apiKey) return new Passage({ apiKey: options.apiKey, baseUrl });
  const local = data.server;
  if (local === null || new URL(baseUrl).origin !== local.url)
    throw new Error(
      `No API key for ${baseUrl}. Set PASSAGE_API_KEY or give --api-key; for a server on this machine, --data <its folder>.`,
    );
  // Without a sandbox a test key opens nothing.
  const mode = options.mode ?? (local.production ? "live" : "test");
  return new Passage({ apiKey: await localKey(data, local.url, mode), baseUrl });
}

/** The CLI's own key on a local server; another one where it was revoked. Whoever can read it can read the operator's token too. */
async function localKey(data: DataFolder, url: string, mode: Mode): Promise<string> {
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
