import { join } from "node:path";
import { readMandate } from "@passage/device/mandate";
import { Publishers } from "@passage/device/publishers";
import type { OperationManifest } from "@passage/protocol/manifest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { manifest, testPublisher } from "../../../device/test/publisher.ts";
import { removeFolder, temporaryFolder } from "../../../test/harness/passage-process.ts";
import { startPublishingServer } from "../testing/publishing-server.ts";
import { ownersTrust } from "./owners-trust.ts";
import { TrustFile } from "./trust-file.ts";

type Publisher = Awaited<ReturnType<typeof testPublisher>>;

let folder: string;
let builtIn: Publisher;
let acme: Publisher;
/** Where the owner took Acme's key from, and another server, which shows manifests of Acme too. */
let own: Awaited<ReturnType<typeof startPublishingServer>>;
let other: typeof own;
beforeEach(async () => {
  folder = temporaryFolder();
  [builtIn, acme] = await Promise.all([testPublisher(), testPublisher()]);
  own = await startPublishingServer({ keys: [acme.published] });
  other = await startPublishingServer({ keys: [acme.published] });
  fileOf().add([{ key: acme.published, server: own.url, addedAt: 1 }]);
});
afterEach(async () => {
  await Promise.all([own.stop(), other.stop()]);
  removeFolder(folder);
});

const fileOf = () => new TrustFile(join(folder, "publishers.json"));
const revoked = () => ({ keys: [{ ...acme.published, revoked: true, revokedAt: 1_790_000_000 }] });

/** A session on real sites, by a device that has just started. */
async function session(server: string, by: Publisher = acme, parts: Partial<OperationManifest> = {}) {
  const publishers = await Publishers.read([], builtIn.file, ownersTrust(fileOf()));
  const manifests = [await by.sign(manifest(parts))];
  const mandate = await readMandate(
    { manifests },
    { publishers, websocketUrl: server.replace("http", "ws"), developer: false, agreed: undefined },
  );
  mandate.accept();
  return mandate;
}

test("an added publisher is believed at whatever server shows its manifests", async () => {
  for (const server of [own.url, other.url]) expect((await session(server)).operations).toHaveLength(1);
});

test("a key that was stolen: once the server that it was taken from revokes it, it is refused everywhere, and stays so", async () => {
  own.publish(revoked());
  const why = "Its publisher's key (The Test) was revoked on 2026-09-21: the server must be updated.";
  await expect(session(other.url)).rejects.toThrow(why);
  expect(fileOf().find(acme.thumbprint)?.key).toMatchObject({ revoked: true, revokedAt: 1_790_000_000 });
  own.publish({ keys: [acme.published] });
  await expect(session(own.url)).rejects.toThrow(why);
});

test("what another server revokes, it revokes for its own sessions alone", async () => {
  other.publish(revoked());
  await expect(session(other.url)).rejects.toThrow("was revoked on");
  expect((await session(own.url)).operations).toHaveLength(1);
});

test("a server may revoke a built-in key for its own sessions", async () => {
  other.publish({ keys: [{ ...builtIn.published, revoked: true }] });
  await expect(session(other.url, builtIn)).rejects.toThrow("was revoked: the server must be updated");
  expect((await session(own.url, builtIn)).operations).toHaveLength(1);
});

test("a server that does not publish, or does not answer, changes nothing", async () => {
  own.publish(null);
  other.publish("<html>");
  expect((await session(other.url)).operations).toHaveLength(1);
  expect((await session("http://127.0.0.1:9")).operations).toHaveLength(1);
});

test("only the servers in question are asked: the session's, and the one that its publisher was taken from", async () => {
  await session(other.url, builtIn);
  expect([own.asked(), other.asked()]).toEqual([0, 1]);
  await session(other.url);
  expect([own.asked(), other.asked()]).toEqual([1, 2]);
});

test("what the owner has removed is refused from then on, a built-in one too", async () => {
  fileOf().add([
    { key: acme.published, server: own.url, addedAt: 1, removedAt: 1_790_000_000 },
    { key: builtIn.published, server: null, addedAt: 0, removedAt: 1_790_000_000 },
  ]);
  await expect(session(own.url)).rejects.toThrow(`does not trust (thumbprint ${acme.thumbprint})`);
  await expect(session(own.url, builtIn)).rejects.toThrow(
    `You have removed its publisher (The Test) on 2026-09-21. To trust it again, run: passage trust add ${own.url}`,
  );
});

test("a device that starts again goes back to no older manifest, also after the publisher was removed and added", async () => {
  const { issuedAt } = manifest();
  await session(own.url, acme, { version: 2 });
  const older = { version: 1, issuedAt: issuedAt - 60 };
  await expect(session(other.url, acme, older)).rejects.toThrow("It is older (version 1 of");
  const entry = { key: acme.published, server: own.url, addedAt: 1 };
  fileOf().add([{ ...entry, removedAt: 2 }]);
  fileOf().add([{ ...entry, addedAt: 3 }]);
  await expect(session(own.url, acme, older)).rejects.toThrow("It is older (version 1 of");
  expect((await session(own.url, acme, { version: 3 })).operations).toHaveLength(1);
});
