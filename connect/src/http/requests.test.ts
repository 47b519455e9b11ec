import { afterEach, expect, test } from "vitest";
import { Passage, type PassageError } from "../index.ts";
import { type Answer, type Recorded, startServer } from "../testing/server.ts";

let server: Awaited<ReturnType<typeof startServer>> | undefined;

afterEach(() => server?.stop());

/** A client of a server that gives these answers in turn, the last one for ever. */
async function answering(...answers: (Answer | "hang up" | ((request: Recorded) => Answer))[]) {
  let at = 0;
  server = await startServer((request) => {
    const answer = answers[Math.min(at++, answers.length - 1)] ?? {};
    return typeof answer === "function" ? answer(request) : answer;
  });
  return { passage: new Passage({ apiKey: "psg_test_x", baseUrl: server.url }), requests: server.requests };
}

const failure = (call: Promise<unknown>): Promise<PassageError> =>
  call.then(
    () => expect.unreachable("the call succeeded"),
    (error) => error,
  );
const atOnce = { "retry-after": "0" };
const busy: Answer = { status: 429, headers: atOnce, body: { error: "Too many requests", code: "rate_limited" } };
const create = { integrationId: "att", resource: "paymentMethod", action: "read" } as const;

test("a POST is tried again with one Idempotency-Key for all tries, and another one for the next call", async () => {
  const { passage, requests } = await answering(busy, { status: 503, headers: atOnce }, { body: { linkId: "link_1" } });
  expect(await passage.links.create(create)).toEqual({ linkId: "link_1" });
  await passage.links.create(create);
  const keys = requests.map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toHaveLength(4);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[3]).not.toBe(keys[0]);
});

test("a caller's own Idempotency-Key is sent; reading sends none", async () => {
  const { passage, requests } = await answering({ body: { linkId: "link_1" } });
  await passage.links.create(create, { idempotencyKey: "order-7" });
  await passage.links.get("link_1");
  expect(requests.map(({ headers }) => headers["idempotency-key"])).toEqual(["order-7", undefined]);
});

test("a server that hangs up is tried again", async () => {
  const { passage, requests } = await answering("hang up", { body: { id: "link_1" } });
  expect(await passage.links.get("link_1")).toEqual({ id: "link_1" });
  expect(requests).toHaveLength(2);
});

test.each([400, 401, 403, 404, 409, 410])("status %i is not tried again", async (status) => {
  const { passage, requests } = await answering({ status, headers: atOnce, body: { error: "No", code: "not_found" } });
  expect((await failure(passage.links.get("link_1"))).status).toBe(status);
  expect(requests).toHaveLength(1);
});

test("the last error is thrown after maxRetries, with what the server asked to wait", async () => {
  const { passage, requests } = await answering(busy);
  expect(await failure(passage.links.get("link_1"))).toMatchObject({ status: 429, retryAfterSeconds: 0 });
  expect(requests).toHaveLength(3);
  const once = new Passage({ apiKey: "psg_test_x", baseUrl: server?.url, maxRetries: 0 });
  await failure(once.links.get("link_1"));
  expect(requests).toHaveLength(4);
});

test("a pause of more than a minute is the caller's to decide on", async () => {
  const { passage, requests } = await answering({ ...busy, headers: { "retry-after": "3600" } });
  expect(await failure(passage.links.get("link_1"))).toMatchObject({ status: 429, retryAfterSeconds: 3600 });
  expect(requests).toHaveLength(1);
});

test("an aborted signal ends the pause before a retry", async () => {
  const { passage, requests } = await answering({ ...busy, headers: { "retry-after": "60" } });
  const stop = new AbortController();
  const call = failure(passage.links.get("link_1", { signal: stop.signal }));
  await expect.poll(() => requests.length).toBe(1);
  stop.abort();
  expect((await call).code).toBe("cancelled");
});

test("for await goes over all pages with the same filter, and asks for a page when it gets there", async () => {
  const page = ({ url }: Recorded): Answer => {
    const cursor = new URL(url, "http://x").searchParams.get("cursor");
    const at = cursor === null ? 0 : Number(cursor);
    const links = [{ id: `link_${at}` }, { id: `link_${at + 1}` }];
    return { body: { links, nextCursor: at < 4 ? String(at + 2) : null } };
  };
  const { passage, requests } = await answering(page);
  const seen: string[] = [];
  for await (const { id } of passage.links.list({ status: "failed", limit: 2 })) {
    expect(requests).toHaveLength(Math.floor(seen.length / 2) + 1);
    seen.push(id);
  }
  expect(seen).toEqual(["link_0", "link_1", "link_2", "link_3", "link_4", "link_5"]);
  expect(requests.map(({ url }) => url)).toEqual([
    "/v1/links?status=failed&limit=2",
    "/v1/links?status=failed&limit=2&cursor=2",
    "/v1/links?status=failed&limit=2&cursor=4",
  ]);
});

test("await gives one page, fetched once however often it is awaited; an unused list asks nothing", async () => {
  const { passage, requests } = await answering({ body: { events: [], nextCursor: "more" } });
  const list = passage.events.list({ after: "evt_1" });
  passage.events.list();
  expect(await list).toEqual({ events: [], nextCursor: "more" });
  expect((await list).nextCursor).toBe("more");
  expect(requests.map(({ url }) => url)).toEqual(["/v1/events?after=evt_1"]);
});

test("a list that fails rejects, awaited or gone over", async () => {
  const { passage } = await answering({ status: 401, body: { error: "No", code: "unauthorized" } });
  expect((await failure(passage.sessions.list())).code).toBe("unauthorized");
  const over = async () => {
    for await (const _ of passage.sessions.list()) expect.unreachable();
  };
  expect((await failure(over())).code).toBe("unauthorized");
});

test("waitFor reads until the link has ended and tells each status once", async () => {
  const { passage } = await answering(
    { body: { id: "link_1", status: "active" } },
    { body: { id: "link_1", status: "active" } },
    { body: { id: "link_1", status: "complete", result: 7 } },
  );
  const seen: string[] = [];
  const link = await passage.links.waitFor("link_1", { onStatus: ({ status }) => seen.push(status) });
  expect(link).toEqual({ id: "link_1", status: "complete", result: 7 });
  expect(seen).toEqual(["active", "complete"]);
});

test("waitFor gives up after its timeout, and when it is told to", async () => {
  const { passage, requests } = await answering({ body: { id: "link_1", status: "pending" } });
  const late = await failure(passage.links.waitFor("link_1", { timeout: 20 }));
  expect(late).toMatchObject({ code: "timeout", message: "The link is still pending after 20 ms" });
  const stop = new AbortController();
  const waiting = failure(passage.links.waitFor("link_1", { signal: stop.signal }));
  const before = requests.length;
  await expect.poll(() => requests.length).toBeGreaterThan(before);
  stop.abort();
  expect((await waiting).code).toBe("cancelled");
});

test.each(["../keys", "link_1?x", "", "a/b"])("the id %j never becomes part of an address", async (id) => {
  const { passage, requests } = await answering({});
  for (const call of [passage.links.get(id), passage.events.get(id), passage.sessions.get(id)])
    expect((await failure(call)).code).toBe("validation_failed");
  expect(requests).toHaveLength(0);
});
