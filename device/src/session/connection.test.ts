import { afterEach, expect, test, vi } from "vitest";
import { SessionServer } from "../../test/session-server.ts";
import { Egress } from "../egress/gate.ts";
import { PrivatePhase } from "../egress/private-phase.ts";
import { Connection } from "./connection.ts";

afterEach(() => vi.useRealTimers());

async function connect(server: SessionServer) {
  const egress = new Egress(new PrivatePhase(() => ""));
  const lost = Promise.withResolvers<void>();
  const connection = new Connection({
    websocketUrl: server.url,
    clientToken: "ct",
    expiresAt: Date.now() + 600_000,
    onOpen: () => egress.send({ type: "client.hello" }),
    onMessage: () => {},
    onLost: () => lost.resolve(),
    onEnd: () => {},
    ping: () => egress.ping(),
  });
  egress.attach((text) => connection.transmit(text));
  await server.hello();
  return { connection, lost: lost.promise };
}

test("pings every 25 s, and a pong keeps the socket", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const server = await new SessionServer().open();
  const { connection } = await connect(server);
  vi.advanceTimersByTime(25_000);
  await server.until(() => server.frames.includes("ping"));
  expect(server.tokens).toHaveLength(1);
  connection.close();
  await server.die();
});

test("a peer that is silent after a ping is given up for a new socket", async () => {
  const server = await new SessionServer().open();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  const { connection, lost } = await connect(server);
  server.deaf = true;
  vi.advanceTimersByTime(25_000);
  vi.advanceTimersByTime(10_000);
  await lost;
  server.deaf = false;
  await server.hello(2);
  connection.close();
  await server.die();
});

test("comes back for ever, until it is closed", async () => {
  const server = await new SessionServer().open();
  const { connection } = await connect(server);
  for (let time = 2; time < 5; time++) {
    server.drop();
    await server.hello(time);
  }
  expect(server.tokens).toEqual(["ct", "ct", "ct", "ct"]);
  expect(new Set(server.roles)).toEqual(new Set(["client"]));
  connection.close();
  expect(connection.transmit("late")).toBe(false);
  await server.die();
});
