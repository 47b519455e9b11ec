import { rmSync } from "node:fs";
import { join } from "node:path";
import { Passage } from "@passage/connect";
import { openDeviceThenClaim } from "@passage/device/device";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { writeCatalog } from "../../cli/src/catalog/catalog-bundle.ts";
import { readPublisher } from "../../cli/src/catalog/publisher-key.ts";
import { signedManifests } from "../../cli/src/catalog/signing.ts";
import { claimLink, readOffer } from "../../cli/src/claim.ts";
import { folderHaystack, search, textHaystack } from "../../cli/src/demo/search.ts";
import { Operator } from "../../cli/src/operator.ts";
import { DataFolder } from "../../cli/src/runtime/data-folder.ts";
import { startServer } from "../../cli/src/runtime/server-process.ts";
import { providers } from "../harness/card-catalog.ts";
import { temporaryFolder } from "../harness/passage-process.ts";
import { startRecordingProxy } from "../harness/recording-proxy.ts";

const cardNumber = "4000056655665556";

/** A server with the catalog of the test, its manifests signed by this clone's publisher. */
async function startWallet(folder: string, lines: string[]) {
  const publisher = await readPublisher(".");
  const manifests = await signedManifests(providers, publisher);
  const catalog = join(folder, "catalog.js");
  const parts = [{ module: join(process.cwd(), "test/harness/card-catalog.ts"), hasSandbox: true }];
  await writeCatalog(catalog, { parts, manifests, publishers: [publisher.publicJwk] });
  const data = new DataFolder(join(folder, "data"));
  const options = { data, catalog, port: 0, host: "127.0.0.1", production: false, publicUrl: null };
  const server = await startServer({ ...options, onLine: (line) => lines.push(line) });
  const { key } = await new Operator(server.url, data.operatorToken).createKey("test");
  return { server, data, passage: new Passage({ apiKey: key, baseUrl: server.url }) };
}

test("a card number reaches the field that it is for, and stands nowhere else", { timeout: 90_000 }, async () => {
  const folder = temporaryFolder();
  const lines: string[] = [];
  const { server, data, passage } = await startWallet(folder, lines);
  const link = await passage.links.create({
    integrationId: "wallet",
    operations: [{ resource: "card", action: "write", arguments: { cardNumber, nameOnCard: "Ada Lovelace" } }],
  });
  // What a link may show while it waits is sealed too.
  const places = () => [
    folderHaystack("data folder", data.path),
    textHaystack("server output", lines),
    textHaystack("frames to the server", proxy.sent),
    textHaystack("frames to the device", proxy.received),
    textHaystack("device log", log),
  ];
  const proxy = await startRecordingProxy(server.url);
  const log: string[] = [];
  const target = { server: proxy.url, code: link.claimCode };
  const ready = Promise.withResolvers<number | null>();
  const open = { offer: await readOffer(target), claim: () => claimLink(target) };
  const outcome = openDeviceThenClaim(open, {
    consent: async () => true,
    headless: true,
    cdpPort: 0,
    onReady: ({ cdpPort }) => ready.resolve(cdpPort),
    onLog: (line) => log.push(line),
    onCommand: (report) => log.push(JSON.stringify(report)),
  });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await ready.promise}`);
  const person = browser.contexts()[0]?.pages()[0];
  if (!person) throw new Error("The device has no window");
  const field = person.locator("#usernameTextBox");
  await field.waitFor();
  await expect.poll(() => field.inputValue(), { timeout: 15_000 }).toBe(cardNumber);
  expect(search(new Map([["card number", cardNumber]]), places())).toEqual([]);
  await field.fill("");
  await person.evaluate("location.hash = 'looked'");
  await expect.poll(() => field.inputValue(), { timeout: 15_000 }).toBe(cardNumber);
  await person.evaluate("location.hash = 'done'");
  expect(await outcome).toMatchObject({ phase: "complete" });
  await expect
    .poll(() => passage.links.get(link.linkId), { timeout: 15_000 })
    .toMatchObject({ result: { last4: "5556" } });

  expect(search(new Map([["card number", cardNumber]]), places())).toEqual([]);
  // The search is awake, and what stands in the number's place is its name.
  expect(search(new Map([["its name", "Filled in [the card number]"]]), places()).map((one) => one.haystack)).toContain(
    "frames to the device",
  );
  await browser.close();
  proxy.stop();
  await server.stop();
  expect(search(new Map([["card number", cardNumber]]), places())).toEqual([]);
  rmSync(folder, { recursive: true });
});
