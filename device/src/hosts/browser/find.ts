import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Launcher } from "chrome-launcher";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where Chromium is: the given path, the environment, an installation, or the PATH, in this order. */
export function findChromium(given?: string): string {
  for (const [source, path] of Object.entries({
    "The given path": given,
    PASSAGE_CHROMIUM: process.env.PASSAGE_CHROMIUM,
    CHROME_PATH: process.env.CHROME_PATH,
  })) {
    if (!path) continue;
    if (isExecutable(path)) return path;
    throw new Error(`${source} names ${path}, which is not an executable`);
  }
  const found = installations().find(isExecutable) ?? onPath();
  if (found) return found;
  throw new Error("No Chrome or Chromium found. Install one, or set PASSAGE_CHROMIUM to its path.");
}

/** The look-up of chrome-launcher throws on systems where it finds none. */
function installations(): readonly string[] {
  try {
    return Launcher.getInstallations();
  } catch {
    return [];
  }
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
