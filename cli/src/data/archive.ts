import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";

/** What a backup holds: its files with their hashes, so that a restore knows whether all came through. */
export interface Manifest {
  readonly format: 1;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

const manifestFile = "backup.json";

/** Packs a folder, with a manifest of all that is in it, into a file that only its owner can read. */
export async function pack(folder: string, file: string, createdAt: number): Promise<Manifest> {
  const files = [];
  for (const path of filesIn(folder)) files.push({ path, ...(await describe(join(folder, path))) });
  const manifest: Manifest = { format: 1, createdAt, files };
  writeFileSync(join(folder, manifestFile), JSON.stringify(manifest));
  writeFileSync(file, "", { mode: 0o600, flag: "wx" });
  await tar("-czf", file, "-C", folder, ".");
  return manifest;
}

/** Unpacks into an empty folder. @throws when a file is missing, changed or one too many */
export async function unpack(file: string, folder: string): Promise<Manifest> {
  await tar("-xzf", file, "-C", folder, "--no-same-owner");
  const manifest = readManifest(folder, file);
  const expected = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
  for (const path of filesIn(folder)) {
    if (path === manifestFile) continue;
    const { sha256 } = await describe(join(folder, path));
    if (expected.get(path) !== sha256) throw damaged(file, `${path} is not what was written`);
    expected.delete(path);
  }
  const [missing] = expected.keys();
  if (missing !== undefined) throw damaged(file, `${missing} is missing`);
  return manifest;
}

function readManifest(folder: string, file: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, manifestFile), "utf8"));
    if (manifest.format === 1 && Array.isArray(manifest.files)) return manifest;
  } catch (cause) {
    throw damaged(file, "it has no manifest", cause);
  }
  throw damaged(file, "its format is not one that this version knows");
}

function filesIn(folder: string): string[] {
  return globSync("**/*", { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

async function describe(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { bytes: statSync(path).size, sha256: hash.digest("hex") };
}

async function tar(...args: string[]): Promise<void> {
  await promisify(execFile)("tar", args).catch((cause: Error & { stderr?: string }) => {
    throw new Error(`tar failed: ${cause.stderr?.trim() || cause.message}`, { cause });
  });
}

function damaged(file: string, why: string, cause?: unknown): Error {
  return new Error(`${file} is no whole backup: ${why}. Nothing was restored.`, { cause });
}
