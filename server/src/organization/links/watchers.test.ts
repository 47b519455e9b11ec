import { expect, test } from "vitest";
import { claim, createLink } from "../../../../test/harness/api.ts";
import { eviction } from "../../../../test/harness/eviction.ts";
import { asOrganization } from "../../../../test/harness/operator.ts";
import { scriptedDevice } from "../../../../test/harness/scripted-device.ts";
import { tmobileScript } from "../../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";

const passage = usePassage();

test("a watcher hears of a step that comes while the organization sleeps, and of no step twice", {
  timeout: 60_000,
}, async () => {
  const owner = await asOrganization(passage, "asleep");
  const link = await createLink(owner);
  const watcher = new WebSocket(`${passage.url.replace("http", "ws")}/link/ws?code=${link.claimCode}`);
  const seen: unknown[] = [];
  watcher.addEventListener("message", ({ data }) => {
    const { status, step } = JSON.parse(String(data));
    seen.push(step ?? status);
  });
  const device = await scriptedDevice(await claim(owner, link.claimCode), (request) =>
    request.command === "yield" ? null : tmobileScript(request),
  );
  const steps = ["pending", "waiting_for_device", "working", "waiting_for_user"];
  await expect.poll(() => seen, { timeout: 10_000 }).toEqual(steps);
  // The session stays awake. The next step is the one of the link's row.
  const chatter = setInterval(() => device.send({ type: "client.nonsense" }), 1_000);
  await eviction(owner, "organization", link.linkId);
  clearInterval(chatter);
  device.socket.terminate();
  await expect.poll(() => seen, { timeout: 10_000 }).toEqual([...steps, "waiting_for_device"]);
  watcher.close();
});
