import { request } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { completeBody, type Sender, startSender } from "../../connect/src/testing/signing.ts";
import { POST } from "../../examples/next/app/webhooks/route.ts";
import { endedLink, givesUp } from "../harness/completed-link.ts";
import { usePassage } from "../harness/use-passage.ts";
import { type Receiver, serveRoute, startInNode, startInWorkerd } from "./start.ts";

const passage = usePassage();

const examples: Record<string, (passageUrl: string) => Promise<Receiver>> = {
  express: (url) => startInNode("express/receiver.js", url),
  hono: (url) => startInNode("hono/receiver.js", url),
  "webhook-receiver": (url) => startInNode("webhook-receiver/receiver.js", url),
  workers: startInWorkerd,
};

let sender: Sender;
beforeAll(async () => {
  sender = await startSender();
});
afterAll(() => sender.stop());

/** Posts a signed body of 200 kB in chunks that end in the middle of a character; resolves with the status. */
async function postUmlauts(url: string): Promise<number | undefined> {
  const body = JSON.stringify({ ...JSON.parse(completeBody), result: { note: "ü".repeat(100_000) } });
  const headers = { "content-type": "application/json", "x-passage-signature": await sender.sign({ body }) };
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const outgoing = request(url, { method: "POST", headers }, (answer) => resolve(answer.resume().statusCode));
  outgoing.on("error", reject);
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += 16_383) outgoing.write(bytes.subarray(at, at + 16_383));
  outgoing.end();
  return promise;
}

test.each(Object.keys(examples))("[N7] the %s example takes 200 kB of umlauts", async (name) => {
  const receiver = await (examples[name] as (passageUrl: string) => Promise<Receiver>)(sender.keyServer.url);
  expect(await postUmlauts(receiver.url)).toBe(204);
  await receiver.stop();
});

test("[N7] the next example's route takes 200 kB of umlauts", async () => {
  vi.stubEnv("PASSAGE_URL", sender.keyServer.url);
  const said = vi.spyOn(console, "log").mockReturnValue();
  const { url, stop } = await serveRoute(POST);
  expect(await postUmlauts(url)).toBe(204);
  said.mockRestore();
  vi.unstubAllEnvs();
  stop();
});

test.each(Object.keys(examples))(
  "[N14] beside an exported PORT the %s example takes signed webhooks and refuses a forged one",
  async (name) => {
    const receiver = await (examples[name] as (passageUrl: string) => Promise<Receiver>)(passage.url);
    const complete = await endedLink(passage, { webhookUrl: receiver.url });
    expect(await receiver.line("link.complete")).toBeTruthy();
    await receiver.line(complete.linkId);
    const failed = await endedLink(passage, { webhookUrl: receiver.url }, givesUp);
    await receiver.line("link.failed");
    await receiver.line(failed.linkId);
    const forged = await fetch(receiver.url, { method: "POST", body: '{"event":"link.complete"}' });
    expect(forged.status).toBe(400);
    await receiver.stop();
  },
);

test("the next example's route takes signed webhooks and refuses a forged one", async () => {
  vi.stubEnv("PASSAGE_URL", passage.url);
  const said = vi.spyOn(console, "log").mockReturnValue();
  const { url, stop, answered } = await serveRoute(POST);
  const { linkId } = await endedLink(passage, { webhookUrl: url });
  await expect.poll(() => answered).toEqual([204]);
  expect(said).toHaveBeenCalledWith("verified:", "link.complete", linkId);
  expect((await fetch(url, { method: "POST", body: '{"event":"link.complete"}' })).status).toBe(400);
  said.mockRestore();
  vi.unstubAllEnvs();
  stop();
});
