import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { folderHaystack, search, textHaystack } from "../../cli/src/demo/search.ts";
import { freePort } from "../../cli/src/runtime/port.ts";
import { createLink, getLink } from "../harness/api.ts";
import { enterCode, openDeviceProcess, signInUpToCode } from "../harness/open-device.ts";
import { startRecordingProxy } from "../harness/recording-proxy.ts";
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
