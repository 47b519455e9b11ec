import { once } from "node:events";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { createLink } from "../../../test/harness/api.ts";
import { createSession } from "../../../test/harness/developer-session.ts";
import { connect } from "../../../test/harness/scripted-device.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { statusSocketsPerLink, viewersPerSession } from "../limits.ts";

const passage = usePassage();

/** Follows a link's status. Rejects with the HTTP status and body of a refused upgrade. */
async function follow(code: string): Promise<WebSocket> {
  const socket = new WebSocket(`${passage.url.replace("http", "ws")}/link/ws?code=${code}`);
  const first = once(socket, "message");
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
    socket.once("unexpected-response", async (_request, response) => {
      const body = JSON.parse(String((await response.toArray()).join("")));
      first.catch(() => {});
      reject(Object.assign(new Error("refused"), { status: response.statusCode, code: body.code, error: body.error }));
    });
  });
  await first;
  return socket;
}

test("[R5] a claim code has a limit of sockets; the next is refused, and comes in once one has gone", async () => {
  const { claimCode } = await createLink(passage);
  const open = await Promise.all(Array.from({ length: statusSocketsPerLink }, () => follow(claimCode)));
  await expect(follow(claimCode)).rejects.toMatchObject({
    status: 429,
    code: "rate_limited",
    error: expect.stringContaining(`${statusSocketsPerLink} sockets already`),
  });
  // Another link is not concerned.
  (await follow((await createLink(passage)).claimCode)).terminate();
  open[0]?.close();
  await once(open[0] as WebSocket, "close");
  open.push(await follow(claimCode));
  for (const socket of open) socket.terminate();
});

test("[R5] a session has a limit of debug viewers; its device and worker still come in", async () => {
  const session = await createSession(passage);
  const view = () => connect(session.websocketUrl, "debug", session.workerToken);
  const viewers = await Promise.all(Array.from({ length: viewersPerSession }, view));
  await expect(view()).rejects.toMatchObject({ status: 429 });
  const worker = await connect(session.websocketUrl, "worker", session.workerToken);
  const device = await connect(session.websocketUrl, "client", session.clientToken);
  viewers[0]?.socket.close();
  await viewers[0]?.closed();
  viewers.push(await view());
  for (const { socket } of [...viewers, worker, device]) socket.terminate();
});
