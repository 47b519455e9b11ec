import type { Grant } from "@passage/protocol/scopes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Agent, newAgent, olderAgent } from "../../../test/harness/agents.ts";
import { billRead, createLink } from "../../../test/harness/api.ts";
import { endedLink, givesUp, playLink } from "../../../test/harness/completed-link.ts";
import { createSession } from "../../../test/harness/developer-session.ts";
import { newKey } from "../../../test/harness/operator.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { expectedBilling } from "../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
const { integrationId, resource, action } = billRead;
const bills = { integrationId, operations: [{ resource, action }] };

/** About four characters to a token. */
const tokens = (value: unknown) => Math.ceil(JSON.stringify(value).length / 4);

const linkTools = ["create_link", "get_link", "list_links", "wait_for_link", "cancel_link"];
const sessionTools = ["list_sessions", "get_session_overview", "get_session_timeline", "get_session_part"];
const forAnyKey = ["list_providers", "search_docs"];

const protocols = [
  ["2026-07-28", newAgent],
  ["2025-11-25", olderAgent],
] as const;

describe.each(protocols)("protocol %s", (protocol, start) => {
  let agent: Agent;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;

  beforeAll(async () => {
    agent = await start(passage);
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await agent.close();
    await receiver.stop();
  });

  test("the tools stay within their budget, and say what they change", async () => {
    expect(agent.protocol).toBe(protocol);
    expect(agent.instructions).toContain("test mode");
    const tools = await agent.tools();
    const bytes = Buffer.byteLength(JSON.stringify({ tools }));
    console.log(`tools/list: ${tools.length} tools, ${bytes} bytes, about ${tokens({ tools })} tokens`);
    expect(tools.length).toBeLessThanOrEqual(16);
    expect(bytes).toBeLessThan(24_000);
    const writes = tools.filter(({ annotations }) => !(annotations as { readOnlyHint: boolean }).readOnlyHint);
    expect(writes.map(({ name }) => name)).toEqual(["create_link", "cancel_link", "resend_event"]);
  });

  test("an agent finds a provider, links it, reads the result, learns why a second link failed, and resends its webhook", async () => {
    const providers = await agent.call("list_providers", { query: "t-mobile bill" });
    expect(providers.text).toContain("`mobileBillingStatement:read`");
    const made = await agent.call("create_link", { ...bills, webhookUrl: receiver.url });
    const id = made.structured.linkId as string;
    const claimCode = new URL(made.structured.appClipUrl as string).searchParams.get("code") as string;
    expect(made.text).toContain(`**Address for the person:** ${made.structured.appClipUrl}`);
    const [waited] = await Promise.all([
      agent.call("wait_for_link", { link_id: id, seconds: 50 }),
      playLink(passage, { claimCode }),
    ]);
    expect(waited.structured.link).toMatchObject({ status: "complete" });
    expect(JSON.stringify(waited.structured)).toContain(String(expectedBilling[0]?.amountDue));

    const failed = await endedLink(passage, { webhookUrl: receiver.url }, givesUp);
    const read = await agent.call("get_link", { link_id: failed.linkId });
    expect(read.text).toContain("**Status:** failed");
    const session_id = (read.structured.link as { currentSessionId: string }).currentSessionId;
    const overview = await agent.call("get_session_overview", { session_id });
    expect(overview.text).toContain("**Phase:** failed");
    expect((await agent.call("get_session_part", { session_id, part: "commands" })).text).toContain("`yield`");
    const timeline = await agent.call("get_session_timeline", { session_id, type_filter: "yield" });
    expect(timeline.text).toMatch(/Z yield /);

    await receiver.count(2);
    const listed = await agent.call("list_events", { link_id: failed.linkId });
    const event_id = (listed.structured.events as { id: string }[])[0]?.id as string;
    expect((await agent.call("get_event", { event_id })).text).toContain(receiver.url);
    const resent = await agent.call("resend_event", { event_id });
    expect(resent.structured).toEqual({ eventId: event_id, deliveries: 1 });
    const [, , again] = await receiver.count(3);
    expect(JSON.parse(again?.body ?? "{}")).toMatchObject({ id: event_id, linkId: failed.linkId });
  });

  test("every other tool, and each part of a session", async () => {
    const { linkId } = await createLink(passage);
    const { sessionId } = await createSession(passage);
    const used: [string, Record<string, unknown>, string][] = [
      ["list_providers", { provider_id: "tmobile" }, "## mobileBillingStatement:read"],
      ["get_provider_health", { provider_id: "tmobile" }, "**mobileBillingStatement:read**"],
      ["list_links", { status: "pending" }, linkId],
      ["wait_for_link", { link_id: linkId, seconds: 1 }, "**Status:** pending"],
      ["cancel_link", { link_id: linkId }, "cancelled by its owner"],
      ["list_sessions", {}, sessionId],
      ["search_docs", { query: "webhook signature" }, "docs/webhooks.md"],
      ...["commands", "network", "console", "logs", "connections", "transitions", "captures"].map(
        (part): [string, Record<string, unknown>, string] => [
          "get_session_part",
          { session_id: sessionId, part },
          `of ${sessionId}`,
        ],
      ),
    ];
    for (const [name, given, shown] of used) {
      const { text, structured, isError } = await agent.call(name, given);
      console.log(
        `${name}: ${text.length} characters, about ${tokens(text)} tokens of text, ${tokens(structured)} more`,
      );
      expect(isError, name).toBe(false);
      expect(text, name).toContain(shown);
      expect(text, name).not.toMatch(/\bnull\b|undefined/);
      expect(tokens(text), name).toBeLessThan(1_500);
    }
  });

  test("the prompts", async () => {
    expect(await agent.prompts()).toEqual(["integrate_passage", "why_did_this_link_fail"]);
    expect(await agent.prompt("integrate_passage", { goal: "bills" })).toContain(`${passage.url}/v1/links`);
    expect(await agent.prompt("why_did_this_link_fail", { link_id: "link_x" })).toContain("get_session_overview");
  });

  const grants: [Grant[], string[]][] = [
    [["audit:read"], forAnyKey],
    [["links:read"], [...forAnyKey, "get_provider_health", "get_link", "list_links", "wait_for_link"]],
    [["links:*"], [...forAnyKey, "get_provider_health", ...linkTools]],
    [["sessions:read"], [...forAnyKey, ...sessionTools]],
    [
      ["events:read", "webhooks:write"],
      [...forAnyKey, "list_events", "get_event", "resend_event"],
    ],
  ];
  test.each(grants)("a key with %j sees the tools that it may use, and calls no other", async (scopes, expected) => {
    const { key } = await newKey(passage, { organization: "scoped", scopes });
    const scoped = await start({ ...passage, testKey: key });
    const all = (await agent.tools()).map(({ name }) => name);
    const seen = (await scoped.tools()).map(({ name }) => name);
    expect(seen.toSorted()).toEqual(expected.toSorted());
    for (const name of all.filter((one) => !seen.includes(one)))
      await expect(scoped.call(name), name).rejects.toThrow("not found");
    await scoped.close();
  });

  test("a live key is told so, and another tenant's or mode's ids are not found", async () => {
    const { linkId } = await createLink(passage);
    const { sessionId } = await createSession(passage);
    const ended = await endedLink(passage, {}, givesUp);
    const listed = await agent.call("list_events", { link_id: ended.linkId });
    const eventId = (listed.structured.events as { id: string }[])[0]?.id as string;
    const live = await newKey(passage, { mode: "live" });
    const stranger = await newKey(passage, { organization: "stranger" });
    for (const { key } of [live, stranger]) {
      const other = await start({ ...passage, testKey: key });
      if (key === live.key) expect(other.instructions).toContain("This key is live");
      for (const id of [linkId, sessionId, eventId, "never_was"])
        for (const [name, given] of [
          ["get_link", { link_id: id }],
          ["wait_for_link", { link_id: id }],
          ["cancel_link", { link_id: id }],
          ["get_session_overview", { session_id: id }],
          ["get_session_timeline", { session_id: id }],
          ["get_session_part", { session_id: id, part: "commands" }],
          ["get_event", { event_id: id }],
          ["resend_event", { event_id: id }],
        ] as const) {
          const { structured, isError } = await other.call(name, given);
          expect([isError, structured.code], `${name} ${id}`).toEqual([true, "not_found"]);
        }
      await other.close();
    }
    expect((await agent.call("get_link", { link_id: linkId })).structured.link).toMatchObject({ status: "pending" });
  });
});
