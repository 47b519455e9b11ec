import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  globSync,
  mkdirSync,
  openSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { create, list, type ReadEntry } from "tar";

/** What a backup holds: its files with their hashes, so that a restore knows whether all came through. */
export interface Manifest {
  readonly format: 1;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

const manifestFile = "backup.json";
const longestManifest = 16 * 1024 * 1024;

/** Packs a folder, with a manifest of all that is in it, into a file that only its owner can read. */
export async function pack(folder: string, file: string, createdAt: number): Promise<Manifest> {
  const files = [];
  for (const path of filesIn(folder)) files.push({ path, ...(await describe(join(folder, path))) });
  const manifest: Manifest = { format: 1, createdAt, files };
  writeFileSync(join(folder, manifestFile), JSON.stringify(manifest));
  writeFileSync(file, "", { mode: 0o600, flag: "wx" });
  await create({ file, gzip: true, cwd: folder, portable: true }, [manifestFile, ...files.map(({ path }) => path)]);
  return manifest;
}

/**
 * Reads a backup to its end without writing anything.
 *
 * @returns its manifest, which names every file in it, each with its right hash
 * @throws when a file is missing, changed or not named, or when anything but plain files and their folders is in it
 */
export async function inspect(file: string): Promise<Manifest> {
  const found = new Map<string, string>();
  const folders: string[] = [];
  const manifestText: Buffer[] = [];
  await readEntries(file, (entry, path) => {
    const why = unfitness(entry, path);
    if (why) throw damaged(file, `${entry.path} ${why}`);
    if (entry.type === "Directory") return void folders.push(path);
    if ([...found.keys()].some((one) => one.toLowerCase() === path.toLowerCase()))
      throw damaged(file, `${path} is in it twice`);
    if (path === manifestFile && entry.size > longestManifest) throw damaged(file, "its manifest is too long");
    const hash = createHash("sha256");
    found.set(path, "");
    entry.on("data", (chunk) => {
      hash.update(chunk);
      if (path === manifestFile) manifestText.push(chunk);
    });
    entry.on("end", () => found.set(path, hash.digest("hex")));
  });
  const manifest = readManifest(Buffer.concat(manifestText).toString("utf8"), file);
  found.delete(manifestFile);
  for (const { path, sha256 } of manifest.files) {
    if (!found.has(path)) throw damaged(file, `${path} is missing`);
    if (found.get(path) !== sha256) throw damaged(file, `${path} is not what was written`);
    found.delete(path);
  }
  const [unnamed] = found.keys();
  const own = (folder: string) => manifest.files.some(({ path }) => path.startsWith(`${folder}/`));
  const stray = unnamed ?? folders.find((folder) => folder !== "" && !/^objects(\/\w+)?$/.test(folder) && !own(folder));
  if (stray !== undefined) throw damaged(file, `its manifest does not name ${stray}`);
  return manifest;
}

/** Writes the files of an inspected backup into an empty folder, for their owner alone. @throws when one has changed since */
export async function unpack(file: string, folder: string, manifest: Manifest): Promise<void> {
  const missing = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
  await readEntries(file, (entry, path) => {
    const sha256 = missing.get(path);
    if (sha256 === undefined || entry.type === "Directory") return;
    missing.delete(path);
    mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    const target = openSync(join(folder, path), "wx", 0o600);
    const hash = createHash("sha256");
    entry.on("data", (chunk) => {
      hash.update(chunk);
      writeSync(target, chunk);
    });
    entry.on("end", () => {
      closeSync(target);
      if (hash.digest("hex") !== sha256) throw damaged(file, `${path} has changed while it was read`);
    });
  });
  if (missing.size > 0) throw damaged(file, "it has changed while it was read");
}

/** Each entry with its path from the backup's root. The first error that `take` throws, or that the archive has, ends it. */
async function readEntries(file: string, take: (entry: ReadEntry, path: string) => void): Promise<void> {
  let fault: unknown = null;
  const onReadEntry = (entry: ReadEntry) => {
    if (fault !== null) return;
    try {
      take(entry, entry.path.replace(/^\.\//, "").replace(/\/$/, "").replace(/^\.$/, ""));
    } catch (error) {
      fault = error;
    }
  };
  // Databases are pages of zeros at first, which compress to next to nothing.
  await list({ file, strict: true, maxDecompressionRatio: Number.POSITIVE_INFINITY, onReadEntry }).catch((error) => {
    fault ??= damaged(file, (error as Error).message, error);
  });
  if (fault !== null) throw fault;
}

/** Why an entry is none of a backup's; null when it may be one. A path is refused by its spelling, wherever it would lead to. */
function unfitness({ type, mode = 0 }: ReadEntry, path: string): string | null {
  if (type !== "Directory" && type !== "File" && type !== "OldFile") return `is no plain file but a ${type}`;
  if (type !== "Directory" && (mode & 0o7000) !== 0) return "is set-uid, set-gid or sticky";
  if (path === "" && type === "Directory") return null;
  const isPlain = path.split("/").every((segment) => /^[\w-][\w.-]*$/.test(segment));
  return isPlain ? null : "has a path that no file of a backup has";
}

function readManifest(text: string, file: string): Manifest {
  if (text === "") throw damaged(file, "it has no manifest");
  try {
    const manifest = JSON.parse(text);
    if (manifest.format === 1 && Array.isArray(manifest.files)) return manifest;
  } catch (cause) {
    throw damaged(file, "its manifest is not JSON", cause);
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

function damaged(file: string, why: string, cause?: unknown): Error {
  return new Error(`${file} is no whole backup: ${why}. Nothing was restored.`, { cause });
}
