import type { Running } from "../../../test/harness/passage-process.ts";
import { type Script, scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { Passage, PassageError, type Session } from "../index.ts";

export function passageOf(running: Running): Passage {
  return new Passage({ apiKey: running.testKey as string, baseUrl: running.url });
}

/** A device that answers by the script, keeps what it was asked, and repeats its answer to an id that it knows. */
export async function device(session: Pick<Session, "websocketUrl" | "clientToken">, script: Script) {
  const asked: Parameters<Script>[0][] = [];
  const answers = new Map<string, ReturnType<Script>>();
  const peer = await scriptedDevice(session, (request) => {
    if (!answers.has(request.id)) {
      asked.push(request);
      answers.set(request.id, script(request));
    }
    return answers.get(request.id) ?? null;
  });
  /** Answers later what the script did not. */
  const answer = (reply: NonNullable<ReturnType<Script>>, id = asked.at(-1)?.id ?? "") => {
    answers.set(id, reply);
    peer.send({ type: "client.command_response", id, result: null, error: null, ...reply });
  };
  return { peer, asked, answer };
}

/** A session with its device and its browser, on the real server. */
export async function startSession(
  running: Running,
  script: Script,
  config: NonNullable<Parameters<Passage["sessions"]["create"]>[0]>["config"] = {},
) {
  const session = await passageOf(running).sessions.create({ config });
  const browser = await session.connect();
  const there = await device(session, script);
  await browser.waitForClient();
  return { session, browser, ...there };
}

export function failure(call: Promise<unknown>): Promise<PassageError> {
  return call.then(
    () => {
      throw new Error("The call succeeded.");
    },
    (error: unknown) => {
      if (!(error instanceof PassageError)) throw error;
      return error;
    },
  );
}
