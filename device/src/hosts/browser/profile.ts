import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const prefix = "passage-device-";

/** The browser offers to keep nothing: not a password, not an address, not a card. */
const preferences = {
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  profile: { password_manager_enabled: false, password_manager_leak_detection: false, exit_type: "Normal" },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  translate: { enabled: false },
  signin: { allowed: false },
  search: { suggest_enabled: false },
};

/** Makes a fresh profile directory. */
export async function createProfile(): Promise<string> {
  await sweep();
  const directory = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  await mkdir(join(directory, "Default"));
  await writeFile(join(directory, "Default", "Preferences"), JSON.stringify(preferences));
  return directory;
}

/** Removes the profile and verifies that it is gone. Helper processes may still write for a moment after the browser's end. */
export async function wipeProfile(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  if (existsSync(directory))
    throw new Error(`The browser profile ${directory} could not be removed; delete it by hand`);
}

/** Profiles of devices that were killed before they could wipe them. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
