import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { Header, type HeaderData } from "tar";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { removeFolder, temporaryFolder } from "../../../test/harness/passage-process.ts";
import { pack } from "./archive.ts";
import { restore } from "./restore.ts";

let folder: string;
const path = (name: string) => join(folder, name);
beforeAll(() => {
  folder = temporaryFolder();
  vi.spyOn(console, "log").mockReturnValue();
});
afterAll(() => {
  vi.restoreAllMocks();
  removeFolder(folder);
});
afterEach(() => removeFolder(path("data")));

const files: Record<string, string> = { secret: "s3cret\n", "operator-token": "opr_1\n" };
for (const name of ["organization", "session"]) files[`objects/${name}/metadata.sqlite`] = "";

/** Byte for byte what is in the archive: no packer would write some of these. */
function archive(name: string, extra: Entry[], named: Record<string, string> = files): string {
  const list = Object.entries(named).map(([path, text]) => ({ path, bytes: text.length, sha256: sha256(text) }));
  const manifest = JSON.stringify({ format: 1, createdAt: 1, files: list });
  const entries: Entry[] = [
    { path: "./", type: "Directory" },
    { path: "./backup.json", text: manifest },
    ...Object.entries(files).map(([path, text]) => ({ path: `./${path}`, text })),
    ...extra,
  ];
  const blocks = entries.flatMap(({ text = "", ...header }) => [head({ ...header, size: text.length }), padded(text)]);
  writeFileSync(path(name), gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])));
  return path(name);
}
interface Entry extends HeaderData {
  readonly text?: string;
}
function head(data: HeaderData): Buffer {
  const header = new Header({ mode: 0o600, uid: 0, gid: 0, mtime: new Date(0), type: "File", ...data });
  const block = Buffer.alloc(512);
  header.encode(block, 0);
  return block;
}
const padded = (text: string) =>
  Buffer.concat([Buffer.from(text, "latin1"), Buffer.alloc((512 - (text.length % 512)) % 512)]);
const sha256 = (text: string) => createHash("sha256").update(text, "latin1").digest("hex");

/** A database that an empty data folder would have: restoring opens each. */
beforeAll(() => {
  mkdirSync(path("made"));
  for (const name of Object.keys(files).filter((one) => one.endsWith(".sqlite"))) {
    const file = path(`made/${name.split("/")[1]}.sqlite`);
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE _cf_ALARM (actor_id TEXT PRIMARY KEY, scheduled_time INTEGER)");
    database.close();
    files[name] = readFileSync(file, "latin1");
  }
});

const target = () => ({ data: path("data"), json: true });

const hostile: Record<string, Entry & { readonly says: string }> = {
  "a symbolic link": {
    says: "is no plain file but a SymbolicLink",
    path: "./workerd.capnp",
    type: "SymbolicLink",
    linkpath: "/etc/passwd",
  },
  "a hard link": { says: "is no plain file but a Link", path: "./workerd.capnp", type: "Link", linkpath: "secret" },
  "a device": {
    says: "is no plain file but a CharacterDevice",
    path: "./null",
    type: "CharacterDevice",
    devmaj: 1,
    devmin: 3,
  },
  "a pipe": { says: "is no plain file but a FIFO", path: "./pipe", type: "FIFO" },
  "a hidden file": { says: "has a path that", path: "./.profile", text: "x" },
  "a hidden folder": { says: "has a path that", path: "./.git/", type: "Directory" },
  "a set-uid file": { says: "is set-uid", path: "./objects/run", text: "x", mode: 0o4755 },
  "a set-gid file": { says: "is set-uid", path: "./objects/run", text: "x", mode: 0o2755 },
  "an absolute path": { says: "has a path that", path: "/etc/cron.d/passage", text: "x" },
  "a path that leads out": { says: "has a path that", path: "./objects/../../out", text: "x" },
  "a path that leads out at once": { says: "has a path that", path: "../out", text: "x" },
  "a path with a control character": { says: "has a path that", path: "./objects/\u001b[2J", text: "x" },
  "a file that the manifest does not name": {
    says: "its manifest does not name cli-key-live",
    path: "./cli-key-live",
    text: "x",
  },
  "a folder that the manifest does not name": {
    says: "its manifest does not name log",
    path: "./log/",
    type: "Directory",
  },
  "a file twice": { says: "is in it twice", path: "./secret", text: "another\n" },
  "a file twice, by another case": { says: "is in it twice", path: "./SECRET", text: "another\n" },
};

test.each(Object.keys(hostile))("[R2] %s in a backup: it is refused before anything is written", async (name) => {
  const { says, ...entry } = hostile[name] as (typeof hostile)[string];
  const file = archive("hostile.tar.gz", [entry]);
  const before = readdirSync(folder, { recursive: true });
  await expect(restore(file, target())).rejects.toThrow(says);
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

test("[R2] the same entries are refused when the manifest names them, but for one that is a plain file", async () => {
  for (const { says, ...entry } of Object.values(hostile)) {
    const name = entry.path?.replace(/^\.\//, "") ?? "";
    if (name === "secret" || name === "cli-key-live") continue;
    const file = archive("named.tar.gz", [entry], { ...files, [name]: entry.text ?? "" });
    await expect(restore(file, target())).rejects.toThrow(says.includes("manifest") ? "is no whole backup" : says);
    expect(existsSync(path("data"))).toBe(false);
  }
});

test("[R2] a file that is missing or changed is refused", async () => {
  await expect(restore(archive("less.tar.gz", [], { ...files, "objects/a/b.sqlite": "" }), target())).rejects.toThrow(
    "objects/a/b.sqlite is missing",
  );
  await expect(restore(archive("other.tar.gz", [], { ...files, secret: "other" }), target())).rejects.toThrow(
    "secret is not what was written",
  );
  expect(existsSync(path("data"))).toBe(false);
});

test("[R2] what is restored is plain files that only their owner can read, whatever the archive says", async () => {
  const latin = Object.entries(files).filter(([name]) => !name.endsWith(".sqlite"));
  const source = path("source");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(source, name, ".."), { recursive: true });
    writeFileSync(join(source, name), text, { encoding: "latin1", mode: 0o777 });
  }
  await pack(source, path("packed.tar.gz"), 1);
  expect(await restore(path("packed.tar.gz"), target())).toBe(0);
  const restored = globSync("**/*", { cwd: path("data") }).filter((name) =>
    statSync(join(path("data"), name)).isFile(),
  );
  expect(restored.sort()).toEqual(Object.keys(files).sort());
  for (const name of restored) expect(statSync(join(path("data"), name)).mode & 0o777).toBe(0o600);
  for (const [name, text] of latin) expect(readFileSync(join(path("data"), name), "utf8")).toBe(text);
});
