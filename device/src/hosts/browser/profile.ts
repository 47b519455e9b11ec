import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
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

/** Makes a fresh profile directory. @throws with what to do, where the temporary folder takes none */
export async function createProfile(): Promise<string> {
  await sweepProfiles();
  const directory = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`)).catch((cause) => {
    const { code } = cause as NodeJS.ErrnoException;
    const advice = "Set TMPDIR to a folder that this user can write to.";
    throw new Error(`The browser's profile cannot be made in ${tmpdir()} (${code}). ${advice}`, { cause });
  });
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

/**
 * Removes this user's profiles whose device was killed before it could wipe them, cookies included. A device that runs keeps its
 * own: a profile is named after the process that made it.
 *
 * @returns the profiles that could not be removed
 */
export async function sweepProfiles(): Promise<string[]> {
  const left: string[] = [];
  // A temporary folder that is not there holds no profiles.
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const directory = join(tmpdir(), name);
    if (!(await isOurs(directory))) continue;
    await wipeProfile(directory).catch(() => left.push(directory));
  }
  return left;
}

/** Temporary folders are shared with other users; another command may also be sweeping. */
async function isOurs(directory: string): Promise<boolean> {
  const found = await stat(directory).catch(() => null);
  return found?.uid === process.getuid?.();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
