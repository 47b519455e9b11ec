import { expect, test } from "vitest";
import { claim, createLink } from "../../../test/harness/api.ts";
import { declaredNameOf } from "../../../test/harness/declared-script.ts";
import { command, connectWorker, createSession, openBoth, silent } from "../../../test/harness/developer-session.ts";
import { connect, type ScriptedPeer, scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { tmobileScript } from "../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
const url = "https://shop.example/account?from=app";
const conditions = [{ type: "userDone" }];
type Place = { websocketUrl: string; clientToken: string };

/** Another device process with the same token. `hasPage` is what it says of its browser. */
async function openAgain({ websocketUrl, clientToken }: Place, hasPage: boolean): Promise<ScriptedPeer> {
  const device = await connect(websocketUrl, "client", clientToken);
  device.send({ type: "client.hello", capabilities: ["yield.conditions"], hasPage });
  await device.message("server.hello");
  return device;
}

const asked = (device: ScriptedPeer) => device.received.map(({ type, command: name }) => name ?? type);

/** A session in which the worker has navigated, and whose device is killed then. */
async function killed(yields: boolean) {
  const both = await openBoth(passage, ({ command: name }) =>
    name === "navigate" ? { result: { url, status: 200 } } : null,
  );
  both.worker.send(command("go", "navigate", { url }));
  await both.worker.message("server.command_result");
  if (yields) {
    both.worker.send({ type: "worker.yield_to_user", id: "turn", conditions });
    await both.device.message("server.set_interactive");
  }
  both.device.socket.terminate();
  await both.worker.message("server.client_disconnected");
  return both;
}

test("[S63][A6] a device killed in the middle of a turn: the next one gets the last address, then the turn", async () => {
  const { session, worker } = await killed(true);
  const device = await openAgain(session, false);
  expect(await device.message("server.set_interactive")).toMatchObject({ yield: { id: "turn", conditions } });
  expect(asked(device)).toEqual(["server.hello", "navigate", "server.set_interactive"]);
  const reopen = await device.message("server.command");
  expect(reopen.params).toEqual({ url });
  device.send({ type: "client.command_response", id: reopen.id, result: { url, status: 200 }, error: null });
  device.send({ type: "client.command_response", id: "turn", result: { matched: true, condition: 0 }, error: null });
  expect(await worker.message("server.command_result", ({ id }) => id === "turn")).toMatchObject({
    result: { matched: true },
  });
  expect(worker.received.filter(({ id }) => id === reopen.id)).toEqual([]);
});

test("[S63][A6] a device that has only lost its connection keeps its page", async () => {
  const { session } = await killed(true);
  const device = await openAgain(session, true);
  await device.message("server.set_interactive");
  expect(asked(device)).toEqual(["server.hello", "server.set_interactive"]);
});

test("[S63][A6] a link's turn goes on in the same way", async () => {
  const link = await createLink(passage);
  const place = await claim(passage, link.claimCode);
  const first = await scriptedDevice(place, (request) => (request.command === "yield" ? null : tmobileScript(request)));
  const turn = await first.message("server.set_interactive");
  const start = await first.message("server.command", (one) => declaredNameOf(one) === "account");
  first.socket.terminate();
  const device = await openAgain(place, false);
  expect(await device.message("server.set_interactive")).toEqual(turn);
  expect(asked(device)).toEqual(["server.hello", "begin", "step", "server.set_interactive"]);
  const again = await device.message("server.command", ({ command: name }) => name === "step");
  expect(again.params).toEqual(start.params);
});

test("[S63][A6] a command about a page that is gone is page_gone; one that navigates is not", async () => {
  const { session, worker } = await killed(false);
  const result = (wanted: string) => worker.message("server.command_result", ({ id }) => id === wanted);
  worker.send(command("click", "click", { selector: "#pay" }));
  const device = await openAgain(session, false);
  expect(await result("click")).toMatchObject({ error: { code: "page_gone" } });
  worker.send(command("read", "batch", { commands: [{ command: "title" }, { command: "navigate", params: { url } }] }));
  expect(await result("read")).toMatchObject({ error: { code: "page_gone" } });
  worker.send(command("again", "batch", { commands: [{ command: "navigate", params: { url } }] }));
  const again = await device.message("server.command");
  expect(again.id).toBe("again");
  device.send({ type: "client.command_response", id: "again", result: { results: [] }, error: null });
  await result("again");
  worker.send(command("title", "title"));
  await device.message("server.command", ({ id }) => id === "title");
});

test("[S63] before the first address a device gets whatever it is asked", async () => {
  const session = await createSession(passage);
  const worker = await connectWorker(session);
  worker.send(command("first", "title"));
  const device = await openAgain(session, false);
  expect((await device.message("server.command")).id).toBe("first");
});

test("[S64][A14] after the person closed the window every request is answered at once, until a device is back", async () => {
  const { session, worker, device } = await openBoth(passage, silent);
  const result = (wanted: string) => worker.message("server.command_result", ({ id }) => id === wanted);
  worker.send(command("under way", "navigate", { url }));
  await device.message("server.command");
  device.socket.close(4003);
  expect(await result("under way")).toMatchObject({ error: { code: "page_gone" } });
  for (const [id, name] of Object.entries({ a: "navigate", b: "title", c: "updateStatus", d: "batch" })) {
    worker.send(command(id, name, name === "navigate" ? { url } : {}));
    expect(await result(id)).toMatchObject({ error: { code: "page_gone" } });
  }
  worker.send({ type: "worker.yield_to_user", id: "turn", conditions });
  expect(await result("turn")).toMatchObject({ result: { matched: false, reason: "user_gave_up" } });
  const back = await openAgain(session, false);
  worker.send(command("next", "navigate", { url }));
  expect((await back.message("server.command")).id).toBe("next");
});
