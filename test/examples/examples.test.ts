import { expect, test, vi } from "vitest";
import { POST } from "../../examples/next/app/webhooks/route.ts";
import { endedLink, givesUp } from "../harness/completed-link.ts";
import { usePassage } from "../harness/use-passage.ts";
import { type Receiver, serveRoute, startInNode, startInWorkerd } from "./start.ts";

const passage = usePassage();

const examples: Record<string, () => Promise<Receiver>> = {
  express: () => startInNode("express/receiver.js", passage.url),
  hono: () => startInNode("hono/receiver.js", passage.url),
  "webhook-receiver": () => startInNode("webhook-receiver/receiver.js", passage.url),
  workers: () => startInWorkerd(passage.url),
};

test.each(Object.keys(examples))("the %s example takes signed webhooks and refuses a forged one", async (name) => {
  const receiver = await (examples[name] as () => Promise<Receiver>)();
  const complete = await endedLink(passage, { webhookUrl: receiver.url });
  expect(await receiver.line("link.complete")).toBeTruthy();
  await receiver.line(complete.linkId);
  const failed = await endedLink(passage, { webhookUrl: receiver.url }, givesUp);
  await receiver.line("link.failed");
  await receiver.line(failed.linkId);
  const forged = await fetch(receiver.url, { method: "POST", body: '{"event":"link.complete"}' });
  expect(forged.status).toBe(400);
  await receiver.stop();
});

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
