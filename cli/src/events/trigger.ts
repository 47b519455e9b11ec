import { type EventSummary, type Passage, PassageError } from "@passage/connect";
import { openDeviceThenClaim } from "@passage/device/device";
import { claimLink, type DevicePlace, readTarget } from "../claim.ts";
import { type ApiOptions, exitCodes } from "../command.ts";
import { connectTo } from "../connection.ts";
import { signInWithPassword } from "../demo/person.ts";
import { noteLine, print } from "../print.ts";
import { untilInterrupted } from "../signals.ts";
import { ownersTrust } from "../trust/owners-trust.ts";
import { playFailingDevice } from "./failing-device.ts";
import { tail } from "./tail.ts";

export interface TriggerOptions extends ApiOptions {
  readonly webhookUrl?: string;
  readonly endpoint?: string;
}

const patienceMs = 90_000;

/**
 * `trigger <type>`: the event as it comes about in earnest, on the sandbox. A link is made and, unless it is to expire, claimed by
 * a device here: one whose person signs in, so that the webhook has the sandbox's data; or one on which no page loads.
 */
export async function trigger(type: string, options: TriggerOptions): Promise<number> {
  if (options.apiKey ? options.apiKey.startsWith("psg_live_") : options.mode === "live")
    throw new Error("trigger plays on the sandbox, which a live key does not open. Give a test key.");
  const passage = await connectTo(options);
  return untilInterrupted(async (interrupted) => {
    const signal = AbortSignal.any([interrupted, AbortSignal.timeout(patienceMs)]);
    const event = await happen(passage, type, options, signal);
    print(options, event, `${event.type}  ${event.id}`);
    return exitCodes.done;
  });
}

async function happen(passage: Passage, type: string, options: TriggerOptions, signal: AbortSignal) {
  if (type === "webhook_endpoint.test") {
    if (!options.endpoint) throw new Error("Say which endpoint is to be tested: --endpoint whe_…");
    return passage.events.get((await passage.webhookEndpoints.test(options.endpoint)).eventId);
  }
  const link = await passage.links.create({
    provider: "tmobile",
    operations: [{ type: "mobileBillingStatement:read", arguments: { limit: 3 } }],
    webhookUrl: options.webhookUrl,
    ...(type === "link.expired" && { expiresIn: 1 }),
  });
  noteLine(`Link ${link.linkId}`);
  if (type === "link.cancelled") await passage.links.cancel(link.linkId);
  else if (type !== "link.expired") {
    const claim = () => claimLink(readTarget(link.appClipUrl, ""));
    await (type === "link.complete" ? playPerson(claim, signal) : playFailingDevice(await claim(), signal));
  }
  return eventOf(passage, link.linkId, type, signal);
}

/** A device with a person who signs in on the sandbox's T-Mobile, until the session is over. */
async function playPerson(claim: () => Promise<DevicePlace>, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const person = { user: "user_no_mfa", password: "pass_good" };
  let failure: unknown;
  const link = { offer: null, claim };
  await openDeviceThenClaim(link, {
    consent: async () => true,
    headless: true,
    cdpPort: 0,
    // The server on this machine may be of another build.
    trust: ownersTrust(),
    onReady: ({ cdpPort }) => {
      signInWithPassword(cdpPort as number, person, (line) => noteLine(line)).catch((error) => {
        failure = error;
        stop.abort();
      });
    },
    signal: AbortSignal.any([signal, stop.signal]),
  });
  if (failure) throw new Error("The person could not sign in on the sandbox.", { cause: failure });
}

/** The link's event, once it is in the log. @throws when the link has ended otherwise */
async function eventOf(passage: Passage, linkId: string, type: string, signal: AbortSignal): Promise<EventSummary> {
  for await (const event of tail(passage, { after: undefined, linkId, signal })) {
    if (event.type === type) return event;
    const { error } = await passage.links.get(linkId);
    throw new Error(`The link ended with ${event.type}${error ? `: ${error.code}, ${error.message}` : ""}.`);
  }
  throw new PassageError("cancelled", "Interrupted before it happened");
}
