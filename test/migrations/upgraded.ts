import type { Link } from "@passage/protocol/http/link";
import type { OrganizationList } from "@passage/protocol/http/organization";
import { expect } from "vitest";
import { getLink, request } from "../harness/api.ts";
import { playLink } from "../harness/completed-link.ts";
import { connectWorker } from "../harness/developer-session.ts";
import { asOperator } from "../harness/operator.ts";
import { type Running, startPassage } from "../harness/passage-process.ts";
import type { Delivered, startReceiver } from "../harness/receiver.ts";
import { scriptedDevice } from "../harness/scripted-device.ts";
import { tmobileScript } from "../harness/tmobile-script.ts";
import { listEvents } from "../harness/webhooks.ts";
import { notesOf } from "./data-folder.ts";
import { absentReceiver, type FixtureNotes, pendingRequest } from "./fixture.ts";

/** This release on the data folder of an older one. */
export interface Upgraded {
  readonly passage: Running;
  readonly notes: FixtureNotes;
  /** Where the folder's webhooks go. */
  readonly receiver: Awaited<ReturnType<typeof startReceiver>>;
}

/** @param port what `openFixture` was given */
export async function startUpgraded(
  release: string,
  folder: { readonly data: string; readonly port: number; readonly receiver: Upgraded["receiver"] },
): Promise<Upgraded> {
  const notes = notesOf(release);
  const { data, port, receiver } = folder;
  return { passage: { ...(await startPassage({ data, port })), testKey: notes.testKey }, notes, receiver };
}

/** Everything that the older release had begun, which this one must go on with, in this order. */
export const unfinishedWork: { readonly [name: string]: (upgraded: Upgraded) => Promise<void> } = {
  async "every link is what it was"({ passage, notes }) {
    for (const noted of Object.values(notes.links))
      expect(timeless(await getLink(passage, noted.id))).toMatchObject(timeless(noted));
  },

  async "the operator finds the organization"({ passage }) {
    const { body } = await asOperator<OrganizationList>(passage, "GET", "/operator/organizations?limit=100");
    expect(body.organizations).toMatchObject([{ id: "default", linkShards: 1 }]);
  },

  async "a creation that is repeated with its Idempotency-Key returns the link that it made"({ passage, notes }) {
    const body = { integrationId: "tmobile", resource: "mobileBillingStatement", action: "read", ...pendingRequest };
    const headers = { "idempotency-key": notes.idempotencyKey };
    const { linkId, claimCode } = notes.pending;
    const repeated = await request(passage, "POST", "/v1/links", { ...body, webhookUrl: absentReceiver }, { headers });
    expect(repeated).toMatchObject({ status: 201, body: { linkId, claimCode } });
  },

  async "a developer's session goes on where its person was"({ passage, notes }) {
    const session = onServer(passage, notes.session);
    const worker = await connectWorker(session);
    const matched = { matched: true, condition: 0, url: "https://example.com/done" };
    await scriptedDevice(session, ({ command }) => (command === "yield" ? { result: matched } : null));
    const answer = await worker.message("server.command_result", ({ id }) => id === notes.yieldId);
    expect(answer).toMatchObject({ result: matched });
    worker.send({ type: "worker.complete", result: { done: true } });
    expect(await worker.message("server.session_end")).toMatchObject({ phase: "complete" });
  },

  async "a worker that comes back gets the answer that it missed"({ passage, notes }) {
    if (!notes.undelivered) return;
    const { session, id, result } = notes.undelivered;
    const worker = await connectWorker(onServer(passage, session));
    const { messages } = await worker.message("server.replay");
    expect(messages).toMatchObject([{ type: "server.command_result", id, result }]);
  },

  async "a link whose person was signing in completes, after another claim where its provider was updated since"(
    upgraded,
  ) {
    const { passage, notes } = upgraded;
    const { link, claimed } = notes.signingIn;
    const read = () => getLink(passage, link.linkId);
    if ((await read()).status === "active") {
      const device = await scriptedDevice(onServer(passage, claimed), tmobileScript);
      await device.message("server.session_end");
      await expect.poll(async () => (await read()).status).not.toBe("active");
    }
    const ended = await read();
    if (ended.status === "failed") {
      expect(ended).toMatchObject({ error: { details: { reason: "replay_diverged" } } });
      await playLink(passage, link);
    }
    expect(await read()).toMatchObject({ status: "complete", error: null });
  },

  async "the pending link and the reusable one can be claimed and complete"({ passage, notes }) {
    for (const name of ["pending", "reusable"] as const) {
      await playLink(passage, notes[name]);
      expect(await getLink(passage, notes.links[name].id)).toMatchObject({ status: "complete" });
    }
  },

  async "every event that was not delivered arrives"({ passage, notes, receiver }) {
    const unasked = ["link.expired", "link.cancelled"];
    const events = (await listEvents(passage, "limit=100")).filter(({ type }) => !unasked.includes(type));
    const ended = Object.values(notes.links).filter(({ status }) => status === "complete" || status === "failed");
    for (const { id } of ended) expect(events.map(({ linkId }) => linkId)).toContain(id);
    const ids = events.map(({ id }) => id).sort();
    await receiver.until((deliveries) => isSubset(ids, arrivedIn(deliveries)));
    expect([...arrivedIn(receiver.deliveries)].sort()).toEqual(ids);
  },
};

const arrivedIn = (deliveries: readonly Delivered[]) =>
  new Set<string>(deliveries.map(({ body }) => JSON.parse(body).id));
const isSubset = (ids: readonly string[], all: ReadonlySet<string>) => ids.every((id) => all.has(id));

/** A session with its address on this server. */
function onServer<T extends { websocketUrl: string }>(passage: Running, session: T): T {
  const { pathname } = new URL(session.websocketUrl);
  return { ...session, websocketUrl: passage.url.replace(/^http/, "ws") + pathname };
}

/** What a link says beside its times, which a fixture moves. */
function timeless({ expiresAt, createdAt, updatedAt, cancelledAt, ...link }: Link) {
  return { ...link, isCancelled: cancelledAt !== null };
}
