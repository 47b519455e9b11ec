import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { databasesOf, faultOf } from "../data/databases.ts";
import type { DataFolder } from "../runtime/data-folder.ts";
import { refuseNewerObjects } from "../runtime/newer-objects.ts";
import { kinds, nameOf, ownSchema, refuseNewer, schemaOf } from "../runtime/schema-version.ts";
import { type Finding, fault, ok, warning } from "./finding.ts";

const gibibyte = 1024 ** 3;
const littleSpace = gibibyte;

/** What is kept: room on the disk, who may read it, whether it is whole. */
export function* checkData(data: DataFolder): Generator<Finding> {
  yield space(data.path);
  if (!data.exists) {
    yield ok("data folder", `${data.path} is new; the first start makes it`);
    return;
  }
  yield permissions(data.path);
  for (const name of ["secret", "operator-token"]) yield readers(data.path, name);
  yield schema(data.path);
  yield databases(data.path);
}

function space(path: string): Finding {
  const { bavail, bsize } = statfsSync(existing(path));
  const free = bavail * bsize;
  const found = `${(free / gibibyte).toFixed(1)} GiB free`;
  return free >= littleSpace
    ? ok("disk", found)
    : warning("disk", found, "Make room, or move the data folder: a full disk stops every link.");
}

/** The path itself, or the nearest folder above it that is there. */
function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path));
}

function permissions(path: string): Finding {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return fault("data folder", `${path} is not this user's to write`, `Run as its owner, or: chown -R <user> ${path}`);
  }
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) === 0) return ok("data folder", path);
  return warning("data folder", `${path} can be entered by others (${mode.toString(8)})`, `chmod 700 ${path}`);
}

function readers(folder: string, name: string): Finding {
  const path = join(folder, name);
  if (!existsSync(path))
    return fault(
      name,
      `${path} is missing`,
      "Restore it from a backup: every id and everything encrypted depends on it.",
    );
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) === 0) return ok(name, "only its owner reads it");
  return fault(name, `others may read it (${mode.toString(8)})`, `chmod 600 ${path}`);
}

/** The tables of the folder's objects, as far as the newest release went that served it. */
function schema(folder: string): Finding {
  const found = schemaOf(folder);
  const newer = refuseNewer(folder, found);
  if (newer !== null) return fault("schema", `${nameOf(found)}, of a newer release`, newer);
  const newerObject = refuseNewerObjects(folder, kinds);
  if (newerObject !== null) return fault("schema", `${nameOf(found)}, but an object of a newer release`, newerObject);
  const own = nameOf(ownSchema());
  if (nameOf(found) === own) return ok("schema", own);
  return ok("schema", `${nameOf(found)}; objects are migrated to ${own} as they wake, after the next start`);
}

function databases(folder: string): Finding {
  const files = databasesOf(folder);
  for (const file of files) {
    const found = faultOf(join(folder, file));
    if (found !== null) return fault("databases", `${file}: ${found}`, "Stop the server and restore a backup.");
  }
  return ok("databases", `${files.length}, all whole`);
}
