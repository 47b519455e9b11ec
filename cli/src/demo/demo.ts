import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Passage } from "@passage/connect";
import type { ConsentTerms } from "@passage/device/consent-terms";
import { openDeviceThenClaim } from "@passage/device/device";
import { claimLink, readOffer } from "../claim.ts";
import { Operator } from "../operator.ts";
import { DataFolder } from "../runtime/data-folder.ts";
import { startServer } from "../runtime/server-process.ts";
import { interrupted } from "../signals.ts";
import { goodUser, type Secrets, signInAsGoodUser } from "./person.ts";
import { Printer } from "./printer.ts";
import { startReceiver } from "./receiver.ts";
import { folderHaystack, search, textHaystack } from "./search.ts";

/** The whole loop in one command: server, link, device, person, webhook, and the search for what must not have left. */
export async function demo(options: { headed?: boolean }): Promise<number> {
  const print = new Printer();
  const folder = mkdtempSync(join(tmpdir(), "passage-demo-"));
  const stop = new AbortController();
  void interrupted().then(() => stop.abort());
  const serverLines: string[] = [];
  const frames: string[] = [];
  const data = new DataFolder(folder);
  const server = await startServer({
    data,
    port: 0,
    host: "127.0.0.1",
    production: false,
    publicUrl: null,
    onLine: (line) => serverLines.push(line),
  });
  const receiver = await startReceiver(() => `${server.url}/webhook_verification_key/get`);
  try {
    print.title(`Server and sandbox on ${server.url}`);
    const { key } = await new Operator(server.url, data.operatorToken).createKey("test");
    const passage = new Passage({ apiKey: key, baseUrl: server.url });
    const link = await passage.links.create({
      provider: "tmobile",
      operations: [{ type: "mobileBillingStatement:read", arguments: { limit: 3 } }],
      webhookUrl: receiver.url,
    });
    print.line(`link created: ${link.linkId}`);

    print.title("The device");
    const target = { server: server.url, code: link.claimCode };
    const offer = await readOffer(target);
    const secrets = Promise.withResolvers<Secrets>();
    secrets.promise.catch((error) => {
      print.line(`the person could not go on: ${error.message}`);
      stop.abort();
    });
    const person = (cdpPort: number | null) => {
      if (options.headed)
        print.line(`your turn in the window: ${goodUser.user}, ${goodUser.password}, ${goodUser.code}`);
      else
        signInAsGoodUser(cdpPort as number, (line) => print.line(`   person: ${line}`)).then(
          secrets.resolve,
          secrets.reject,
        );
    };
    const open = { offer, claim: () => claimLink(target) };
    const ended = openDeviceThenClaim(open, {
      ...(!options.headed && { consent: async (terms) => agrees(terms, print) }),
      onMandate: ({ operations }) =>
        print.line(`signed by the publisher: ${operations.map(({ sends }) => sends).join("; ")}`),
      headless: !options.headed,
      cdpPort: 0,
      onReady: ({ cdpPort }) => person(cdpPort),
      onCommand: ({ id, command, ms, error }) => print.command(id, command, ms, error),
      onFrame: (frame) => frames.push(frame),
      ...(process.env.PASSAGE_DEBUG && { onLog: (line: string) => print.line(`device: ${line}`) }),
      signal: stop.signal,
    });
    const end = await ended;
    if (end.phase !== "complete") {
      print.line(`not complete: ${end.error?.message ?? end.phase}`);
      return 1;
    }
    const typed = options.headed ? { ...goodUser, cookies: [] } : await secrets.promise;

    print.title("The webhook, its signature verified");
    print.json(await receiver.event);

    await server.stop();
    print.title("What was typed, looked for where it must not be");
    const places = [
      folderHaystack("the server's data folder", folder),
      textHaystack("the server's output", serverLines),
      textHaystack("the frames that the device sent", frames),
    ];
    const needles = new Map([
      ["password", typed.password],
      ["one-time code", typed.code],
    ]);
    for (const [index, cookie] of typed.cookies.entries()) needles.set(`session cookie ${index + 1}`, cookie);
    const findings = search(needles, places);
    // A search that finds nothing proves nothing, unless it finds what is there.
    const present = new Map([
      ["the link's id", link.linkId],
      ["the device's hello", "client.hello"],
    ]);
    const control = search(present, places);
    print.line(`looked for: ${[...needles.keys()].join(", ")}; plain, URL-encoded, base64, hex, reversed`);
    for (const { name, parts } of places) {
      const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
      const found = findings
        .filter((finding) => finding.haystack === name)
        .map((one) => `${one.needle} (${one.encoding})`);
      const seen = control.filter((finding) => finding.haystack === name).map((one) => one.needle);
      print.line(
        `${name}, ${bytes} bytes: ${found.length === 0 ? "found nothing" : `FOUND ${found.join(", ")}`}; control: found ${seen.join(", ")}`,
      );
    }
    const isAwake = places.every(({ name }) => control.some((finding) => finding.haystack === name));
    return findings.length === 0 && isAwake ? 0 : 1;
  } finally {
    receiver.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The scripted person reads the terms and agrees. With `--headed` the window asks whoever sits there. */
async function agrees({ requestedBy, server, operations }: ConsentTerms, print: Printer): Promise<boolean> {
  print.line(`the device asks: ${requestedBy}, by ${server}, will get`);
  for (const { sends, details } of operations) for (const line of [sends, ...details]) print.line(`   ${line}`);
  print.line("   person: agrees");
  return true;
}
