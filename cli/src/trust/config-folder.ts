import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The user's configuration of Passage: `PASSAGE_CONFIG`, else a folder of that name where this system keeps such things. */
export function configFolder(): string {
  const { PASSAGE_CONFIG, XDG_CONFIG_HOME, APPDATA } = process.env;
  if (PASSAGE_CONFIG) return resolve(PASSAGE_CONFIG);
  if (process.platform === "darwin") return join(homedir(), "Library/Application Support/passage");
  if (process.platform === "win32") return join(APPDATA || join(homedir(), "AppData/Roaming"), "passage");
  return join(XDG_CONFIG_HOME || join(homedir(), ".config"), "passage");
}
