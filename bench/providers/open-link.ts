import { openDevice } from "@passage/device/device";
import type { SessionTrace } from "@passage/protocol/trace";
import { chromium } from "playwright-core";
import { claim, createLink, getLink, request, type Server } from "../../test/harness/api.ts";
import { DevToolsHands, pressDone } from "../../test/harness/devtools-hands.ts";
import { signInAs } from "../../test/harness/person.ts";

/** An operation and who has it done. */
export interface Work {
  readonly provider: string;
  readonly user: string;
  readonly resource: string;
  readonly action: string;
  readonly arguments?: object;
  readonly webhookUrl?: string;
}

/**
 * One link from its creation to its end; the device's socket goes through the port of a slow line, its pages do not.
 * @returns what the device was asked, in order. @throws where the link does not complete
 */
export async function openLink(
  passage: Server & { readonly port: number },
  linePort: number,
  work: Work,
): Promise<SessionTrace["trace"]> {
  const { provider, user, ...operation } = work;
  const { linkId, claimCode } = await createLink(passage, { integrationId: provider, ...operation });
  const { websocketUrl, clientToken, sessionId, expiresAt } = await claim(passage, claimCode);
  const ready = Promise.withResolvers<number>();
  const ended = openDevice({
    websocketUrl: websocketUrl.replace(`:${passage.port}`, `:${linePort}`),
    clientToken,
    sessionId,
    expiresAt,
    headless: true,
    consent: async () => true,
    cdpPort: 0,
    onReady: ({ cdpPort }) => ready.resolve(cdpPort ?? 0),
  });
  await playPerson(await ready.promise, provider, user, operation.action === "write");
  await ended;
  const link = await getLink(passage, linkId);
  if (link.status !== "complete") throw new Error(`${provider} ended ${link.status}: ${JSON.stringify(link.error)}`);
  const { body } = await request<SessionTrace>(passage, "GET", `/v1/sessions/${sessionId}/trace`);
  return body.trace;
}

async function playPerson(cdpPort: number, provider: string, user: string, confirms: boolean): Promise<void> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${cdpPort}`);
  const person = browser.contexts()[0]?.pages()[0];
  if (!person) throw new Error("The device's browser has no page.");
  await signInAs(new DevToolsHands(person), provider, user);
  if (!confirms) return;
  await person.waitForSelector("#card-review:visible");
  await pressDone(person);
}
