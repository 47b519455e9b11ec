import type { CreatedEndpoint, Event, EventList, EventSummary } from "@passage/protocol/webhooks";
import { getLink, request } from "../harness/api.ts";
import { AttemptRun } from "./attempt.ts";
import { claimLink, newLink, persistently } from "./claim.ts";
import { until, within } from "./limit.ts";
import { Random } from "./random.ts";
import type { Attempt } from "./schedule.ts";
import { SharedServer } from "./shared-server.ts";
import { Tally } from "./tally.ts";
import { WebhookLedger } from "./webhook-ledger.ts";

export interface WebhookChaos {
  readonly links: number;
  readonly kills: number;
  /** The share of requests that the receiver does not take. */
  readonly failing: number;
  readonly seed: number;
  readonly onProgress?: (line: string) => void;
}

export interface WebhookChaosResult {
  readonly broken: readonly string[];
  readonly kills: number;
  readonly events: number;
  readonly outcomes: number;
  readonly requests: number;
  readonly taken: number;
  readonly seconds: number;
}

/** Three days of retries in five seconds, and so many that chance gives up no event (0.5 to the 40th). */
const retrySchedule = [0, 20, 50, ...new Array(37).fill(130)].join(",");
const lanes = 10;
const paths = { link: "/link", endpoint: "/endpoint" } as const;
const calm = (ending: Attempt["ending"]): Attempt => ({ ending, faults: [], killAfterClaimMs: null });

/**
 * Links end while their receiver fails at random and the server is killed again and again. Each link's events go two ways:
 * to its own `webhookUrl`, and to an endpoint. Then the devices, the event log and the receiver must say the same.
 */
export async function runWebhookChaos(options: WebhookChaos): Promise<WebhookChaosResult> {
  const startedAt = performance.now();
  const random = new Random(options.seed);
  const server = await SharedServer.start({ environment: { PASSAGE_RETRY_SCHEDULE: retrySchedule } });
  const ledger = await WebhookLedger.start(Object.values(paths), options.failing, random);
  const broken: string[] = [];
  /** What the devices saw, by link. */
  const outcomes = new Map<string, string[]>();
  const planned = Array.from({ length: options.links }, (_, index) =>
    (index % 3 === 0 ? ["complete"] : ["gives_up", "complete"]).map((ending) => calm(ending as Attempt["ending"])),
  );
  const every = planned.flat().length / (options.kills + 1);
  let ended = 0;

  const runLink = async (attempts: readonly Attempt[], name: string) => {
    let link = await newLink(server, ledger.url(paths.link));
    for (const [index, attempt] of attempts.entries()) {
      let outcome = await claimLink(server, link);
      // A claim whose answer a kill swallowed holds its link for the grace: its person takes another one.
      while (outcome.type === "held") {
        link = await newLink(server, ledger.url(paths.link));
        outcome = await claimLink(server, link);
      }
      if (outcome.type !== "claimed") throw new Error(`${link.linkId} is active without a session`);
      const world = { server, tally: new Tally(), broken: (what: string) => broken.push(what), log: () => {} };
      const end = await new AttemptRun(attempt, outcome.claimed, `${name}-${index}`, world).run();
      const isSettled = async () => (await getLink(server.first, link.linkId)).status !== "active";
      await until(
        () => persistently(server, isSettled),
        30_000,
        () => `${link.linkId} is not settled`,
      );
      outcomes.set(link.linkId, [...(outcomes.get(link.linkId) ?? []), `link.${end.phase}`]);
      ended += 1;
      if (ended >= every * (server.kills + 1) && server.kills < options.kills) void server.kill();
      if (ended % 100 === 0) options.onProgress?.(`${ended} attempts ended, ${server.kills} kills`);
    }
  };

  try {
    const fields = { url: ledger.url(paths.endpoint) };
    const endpoint = await request<CreatedEndpoint>(server, "POST", "/v1/webhook_endpoints", fields);
    const queue = [...planned.entries()];
    const lane = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await runLink(next[1], String(next[0]));
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    while (server.kills < options.kills) await server.kill();
    await server.up();
    const told = async () => (await eventsOf(server)).filter(({ linkId }) => outcomes.has(linkId ?? ""));
    const expected = [...outcomes.values()].flat().length;
    const isLogged = async () => (await told()).length >= expected;
    await until(isLogged, 60_000, () => `The log has not ${expected} events`);
    const events = await told();
    const late = () => `Not taken: ${ledger.missing(events).slice(0, 5).join(", ")}`;
    await within(ledger.took(events), 60_000, late).then(
      async () => broken.push(...(await undelivered(server, events))),
      (error) => broken.push(error.message),
    );

    for (const [linkId, seen] of outcomes) {
      const logged = events.filter((event) => event.linkId === linkId).map(({ type }) => type);
      if (logged.join() !== seen.join()) broken.push(`${linkId} ended as ${seen}, its events are ${logged}`);
    }
    broken.push(...ledger.disorder(await eventsOf(server)), ...server.complaints());
    const { body } = await request<CreatedEndpoint>(server, "GET", `/v1/webhook_endpoints/${endpoint.body.id}`);
    if (body.disabled) broken.push("the endpoint was disabled");
    const { requests, taken } = ledger;
    const seconds = (performance.now() - startedAt) / 1000;
    return { broken, kills: server.kills, events: events.length, outcomes: expected, requests, taken, seconds };
  } finally {
    await server.stop();
    await ledger.stop();
  }
}

/** The whole log, oldest first. */
async function eventsOf(server: SharedServer): Promise<EventSummary[]> {
  const events: EventSummary[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const path: string = `/v1/events?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body } = await persistently(server, () => request<EventList>(server, "GET", path));
    events.push(...body.events);
    cursor = body.nextCursor;
  }
  return events.reverse();
}

/** The events of which the server itself does not say, a moment after the receiver took them, that both are delivered. */
async function undelivered(server: SharedServer, events: readonly EventSummary[]): Promise<string[]> {
  const broken: string[] = [];
  for (const { id } of events) {
    let states: string[] = [];
    const isDelivered = async () => {
      const { body } = await request<Event>(server, "GET", `/v1/events/${id}`);
      states = body.deliveries.map(({ state }) => state);
      return states.join() === "delivered,delivered";
    };
    await until(isDelivered, 10_000, () => `${id} is ${states}, not twice delivered`).catch((error) =>
      broken.push(error.message),
    );
  }
  return broken;
}
