import type { CreatedSession } from "@passage/protocol/http/session";
import { request } from "./api.ts";
import type { Running } from "./passage-process.ts";
import { connect, type Script, type ScriptedPeer, scriptedDevice } from "./scripted-device.ts";

/** `POST /v1/sessions`, with a note that tests look for. */
export async function createSession(passage: Running, config: object = {}): Promise<CreatedSession> {
  const answer = await request<CreatedSession>(passage, "POST", "/v1/sessions", { config, metadata: { order: 7 } });
  if (answer.status !== 201) throw new Error(`POST /v1/sessions answered ${answer.status}`);
  return answer.body;
}

export async function connectWorker(session: CreatedSession): Promise<ScriptedPeer> {
  const worker = await connect(session.websocketUrl, "worker", session.workerToken);
  worker.send({ type: "worker.hello" });
  await worker.message("server.hello");
  return worker;
}

/** A session with its worker and its device, both greeted. */
export async function openBoth(passage: Running, script: Script, config: object = {}) {
  const session = await createSession(passage, config);
  const worker = await connectWorker(session);
  const device = await scriptedDevice(session, script);
  await worker.message("server.client_ready");
  return { session, worker, device };
}

export const command = (id: string, name = "url", params: object = {}) => ({
  type: "worker.command",
  id,
  command: name,
  params,
});

/** Answers everything with an address that ends in the request's id. */
export const echo: Script = ({ id }) => ({ result: { url: `https://a.example/${id}` } });
export const silent: Script = () => null;
