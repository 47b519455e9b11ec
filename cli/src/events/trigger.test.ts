import { expect, test } from "vitest";
import { request } from "../../../test/harness/api.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { runPassage } from "../../../test/harness/run-passage.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
const here = () => ["--data", passage.data];
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await runPassage([...args, "--json", ...here()]);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout);
};

test("trigger makes each kind of event happen, with the sandbox's data", { timeout: 90_000 }, async () => {
  const receiver = await startReceiver();
  const complete = await json("trigger", "link.complete", "--webhook-url", receiver.url);
  const failed = await json("trigger", "link.failed", "--webhook-url", receiver.url);
  expect([complete.type, failed.type]).toEqual(["link.complete", "link.failed"]);
  // The webhooks of the two links are delivered independently, in any order.
  const received = (await receiver.count(2)).map(({ body }) => JSON.parse(body));
  const of = ({ id }: { id: string }) => received.find((one) => one.id === id);
  expect(of(complete)).toMatchObject({ result: { billing: [{}, {}, {}] } });
  expect(of(failed)).toMatchObject({ error: { code: expect.any(String) } });
  expect((await json("trigger", "link.expired")).type).toBe("link.expired");
  const endpoint = await request<{ id: string }>(passage, "POST", "/v1/webhook_endpoints", { url: receiver.url });
  const tested = await json("trigger", "webhook_endpoint.test", "--endpoint", endpoint.body.id);
  expect((await receiver.count(3)).map(({ body }) => JSON.parse(body).id)).toContain(tested.id);
  await receiver.stop();
  const live = await runPassage(["trigger", "link.complete", "--mode", "live", ...here()]);
  expect(live).toMatchObject({ status: 1, stderr: expect.stringContaining("Give a test key") });
});
