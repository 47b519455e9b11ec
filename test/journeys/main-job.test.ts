import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { folderHaystack, search, textHaystack } from "../../cli/src/demo/search.ts";
import { freePort } from "../../cli/src/runtime/port.ts";
import { createLink, getLink } from "../harness/api.ts";
import { closeWindow } from "../harness/devtools-hands.ts";
import { enterCode, openDeviceProcess, signInUpToCode } from "../harness/open-device.ts";
import { removeFolder, startPassage } from "../harness/passage-process.ts";
import { startRecordingProxy } from "../harness/recording-proxy.ts";
import { countRequests, readSandboxLog } from "../harness/sandbox-log.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();

const billing = {
  billing: [
    {
      statementId: "418",
      periodStart: "10/05/2026",
      periodEnd: "11/04/2026",
      dueDate: "11/27/2026",
      amountDue: 85,
      currency: "USD",
    },
    expect.objectContaining({ statementId: "417" }),
  ],
};

test("a person's sign-in becomes a verified webhook, and what they typed is nowhere else", {
  timeout: 90_000,
}, async () => {
  const port = await freePort();
  const receiver = spawn(process.execPath, ["examples/webhook-receiver/receiver.js"], {
    env: { ...process.env, RECEIVER_PORT: String(port), PASSAGE_URL: passage.url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let received = "";
  receiver.stdout.on("data", (chunk) => {
    received += chunk;
  });
  await expect.poll(() => received, { timeout: 10_000 }).toContain("listening");
  const proxy = await startRecordingProxy(passage.url);
  const link = await createLink(passage, { webhookUrl: `http://localhost:${port}/`, arguments: { limit: 2 } });

  const device = await openDeviceProcess(`${proxy.url}/claim?code=${link.claimCode}`);
  await signInUpToCode(device.person);
  const cookies = await device.person.context().cookies();
  // The network goes while the person reads their phone; the device comes back by itself.
  proxy.cut();
  await enterCode(device.person);
  await device.person.waitForURL(/\/\/www\./, { waitUntil: "commit" });
  cookies.push(...(await device.person.context().cookies()));
  expect(await device.ended, device.output()).toBe(0);
  expect(device.output()).toContain("Complete");

  await expect.poll(() => received, { timeout: 10_000 }).toContain('"event": "link.complete"');
  expect(received).toContain("verified:");
  const link2 = await getLink(passage, link.linkId);
  expect(link2).toMatchObject({ status: "complete", result: billing });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`passage-device-${device.process.pid}-`))).toEqual([]);

  const places = [
    folderHaystack("data folder", passage.data),
    textHaystack("server output", passage.output),
    textHaystack("frames", proxy.sent),
    textHaystack("device output", [device.output()]),
  ];
  const values = cookies.map((cookie) => cookie.value).filter((value) => value.length >= 16);
  expect(values.length).toBeGreaterThan(0);
  const secrets = new Map([
    ["password", "pass_good"],
    ["code", "123456"],
    ...values.map((value, index) => [`cookie ${index}`, value] as const),
  ]);
  expect(search(secrets, places)).toEqual([]);
  // The search is awake: it finds what is there.
  const present = new Map([
    ["link", link.linkId],
    ["session", String(link2.currentSessionId)],
  ]);
  expect(new Set(search(present, places).map((one) => one.haystack))).toEqual(
    new Set(["data folder", "server output", "frames"]),
  );
  proxy.stop();
  receiver.kill();
  await once(receiver, "exit");
});

test("kill -9 at the one-time code: the user goes on, and no request is made twice", { timeout: 120_000 }, async () => {
  const undisturbed = await run(async () => {});
  const killed = await run(async (restart) => restart());
  expect(killed).toEqual(undisturbed);
  expect(undisturbed).toMatchObject({
    // The automation opens it once; after the sign-in the site itself leads back to it.
    "GET www.t-mobile.localhost/account": 2,
    "GET www.t-mobile.localhost/bill/summary": 1,
    // The site's own bill app asks once, the automation once.
    "POST www.t-mobile.localhost/self-service-pub/v1/bill-summary (bill-summary:getBillList)": 2,
    "POST www.t-mobile.localhost/self-service-pub/v1/bill-dataset (bill-dataset)": 2,
  });
});

/** One whole run on a server of its own; answers how often each address of the site was asked. */
async function run(atTheCode: (restart: () => Promise<void>) => Promise<void>): Promise<Record<string, number>> {
  let server = await startPassage({ port: await freePort() });
  const { data, port, testKey } = server;
  try {
    const link = await createLink(server);
    const device = await openDeviceProcess(`${server.url}/claim?code=${link.claimCode}`);
    await signInUpToCode(device.person);
    await atTheCode(async () => {
      await server.kill();
      server = await startPassage({ data, port });
    });
    await enterCode(device.person);
    expect(await device.ended, device.output()).toBe(0);
    await expect.poll(() => getLink({ ...server, testKey }, link.linkId)).toMatchObject({ status: "complete" });
    return countRequests((await readSandboxLog(port)).filter((one) => one.path !== "/favicon.ico"));
  } finally {
    await server.stop();
    removeFolder(data);
  }
}

test("a closed window gives up the link, and the next device can take it", { timeout: 60_000 }, async () => {
  const link = await createLink(passage);
  const device = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await device.person.waitForSelector("input#usernameTextBox");
  await expect.poll(() => device.output()).toContain("step");
  await closeWindow(device.person);
  expect(await device.ended).toBe(1);
  expect(device.output()).toContain("Not complete");
  await expect
    .poll(() => getLink(passage, link.linkId))
    .toMatchObject({
      status: "failed",
      error: { details: { reason: "user_gave_up" } },
    });
  const again = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await signInUpToCode(again.person);
  await enterCode(again.person);
  expect(await again.ended, again.output()).toBe(0);
});

test("open says in one line what is wrong with a code", async () => {
  const attempt = async (target: string) => {
    const child = spawn(process.execPath, [
      "cli/bin/passage.js",
      "open",
      target,
      "--server",
      passage.url,
      "--headless",
    ]);
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const [status] = await once(child, "exit");
    return { status, errors: errors.trim() };
  };
  expect(await attempt("hello")).toEqual({ status: 1, errors: expect.stringMatching(/^That is not a claim code/) });
  expect(await attempt("clm_x")).toEqual({ status: 1, errors: "No link has this claim code." });
  const link = await createLink(passage, { expiresIn: 1 });
  await expect.poll(() => getLink(passage, link.linkId), { timeout: 5_000 }).toMatchObject({ status: "expired" });
  expect(await attempt(link.claimCode)).toEqual({ status: 1, errors: expect.stringContaining("expired") });
});
