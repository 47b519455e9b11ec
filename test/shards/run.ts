import { createServer } from "node:http";
import { parseArgs } from "node:util";
import type { LinkList } from "@passage/protocol/http/link";
import { type Answered, billRead, request } from "../harness/api.ts";
import { asOperator, newKey } from "../harness/operator.ts";
import { type Running, removeFolder, startPassage } from "../harness/passage-process.ts";
import { wholeNumber } from "../harness/seeds.ts";
import { createEndpoint, listEvents } from "../harness/webhooks.ts";

/**
 * `npm run shards -- --links 200000` makes links while their shards are raised from 1 to 4 to 16, and looks at every one of them:
 * listed in order over pages, filtered, expired by time with an event each that is delivered, and deleted.
 */
const { values } = parseArgs({ options: { links: { type: "string" }, lanes: { type: "string" } } });
const total = wholeNumber("shards", "--links", values.links ?? "20000");
const laneCount = wholeNumber("shards", "--lanes", values.lanes ?? "16");
const users = 200;
const expiresIn = Math.max(60, Math.ceil(total / 250));

const startedAt = Date.now();
const problems: string[] = [];
const receiver = await startCounter();
const passage = await startPassage({ environment: { RATE_LIMIT_KEY: "1000000/1" } });
await configure(1);
const owner: Running = { ...passage, testKey: (await newKey(passage, { organization: "large" })).key };
await createEndpoint(owner, { url: receiver.url, eventTypes: ["link.expired"] });

const made = new Map<string, string>();
const keyed: { key: string; body: object; linkId: string }[] = [];
await inLanes(total, async (index) => {
  if (index === Math.floor(total / 4)) await configure(4);
  if (index === Math.floor(total / 2)) await configure(16);
  const body = { ...billRead, externalUserId: `user-${index % users}`, expiresIn };
  // Each hundredth has a key, and is asked for again at the end.
  const key = index % 100 === 0 ? `key-${index}` : null;
  const { status, body: created } = await ask<{ linkId: string }>("POST", "/v1/links", body, key);
  if (status !== 201) {
    problems.push(`creation ${index}: ${status}`);
    return;
  }
  made.set(created.linkId, body.externalUserId);
  if (key !== null) keyed.push({ key, body, linkId: created.linkId });
  if (made.size % 10_000 === 0) tell(`${made.size} links made`);
});
tell(`${made.size} links made, in ${new Set([...made.keys()].map(tagIn)).size} shards`);

for (const { key, body, linkId } of keyed) {
  const again = await ask<{ linkId: string }>("POST", "/v1/links", body, key);
  if (again.body.linkId !== linkId) problems.push(`${key} made another link`);
  const other = await ask<{ code?: string }>("POST", "/v1/links", { ...body, externalUserId: "somebody else" }, key);
  if (other.body.code !== "idempotency_conflict") problems.push(`${key} with another body: ${other.status}`);
}
tell(`${keyed.length} keys asked again, and with another body`);

check("all links", await walk(""), new Set(made.keys()));
for (let user = 0; user < users; user += 20) {
  const own = [...made].filter(([, one]) => one === `user-${user}`).map(([id]) => id);
  check(`links of user ${user}`, await walk(`&externalUserId=user-${user}`), new Set(own));
}
await until("events", () => receiver.links.size, made.size);
for (const linkId of made.keys()) if (!receiver.links.has(linkId)) problems.push(`no event of ${linkId} was delivered`);
tell(`${receiver.links.size} links expired, ${receiver.deliveries()} deliveries`);
check("expired links", await walk("&status=expired"), new Set(made.keys()));
check("pending links", await walk("&status=pending"), new Set());
const events = new Set<string | null>();
for (let cursor: string | null = ""; cursor !== null; ) {
  const query: string = `/v1/events?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
  const page: Answered<{ events: { linkId: string | null }[]; nextCursor: string | null }> = await ask("GET", query);
  for (const { linkId } of page.body.events) events.add(linkId);
  cursor = page.body.nextCursor;
}
if (events.size !== made.size) problems.push(`the event log has ${events.size} links of ${made.size}`);
tell(`${events.size} links in the event log`);

const ids = [...made.keys()];
await inLanes(ids.length, async (index) => {
  const { status } = await ask("DELETE", `/v1/links/${ids[index]}`);
  if (status !== 200) problems.push(`deletion of ${ids[index]}: ${status}`);
});
check("links after deletion", await walk(""), new Set());
if ((await listEvents(owner)).length > 0) problems.push("events of deleted links are listed");
tell(`${ids.length} links deleted`);

await passage.stop();
receiver.stop();
removeFolder(passage.data);
for (const problem of problems.slice(0, 20)) console.log(`PROBLEM  ${problem}`);
console.log(JSON.stringify({ links: total, problems: problems.length, seconds: seconds() }));
process.exit(problems.length === 0 ? 0 : 1);

async function configure(linkShards: number): Promise<void> {
  const { status } = await asOperator(passage, "POST", "/operator/organizations", { id: "large", linkShards });
  if (status !== 200) throw new Error(`linkShards ${linkShards} was answered ${status}`);
  tell(`${linkShards} link shards`);
}

function ask<T = Record<string, unknown>>(method: string, path: string, body?: object, key: string | null = null) {
  return request<T>(owner, method, path, body, key === null ? {} : { headers: { "idempotency-key": key } });
}

/** The links that a list has, over all its pages; each once, newest first. */
async function walk(query: string): Promise<Set<string>> {
  const seen = new Set<string>();
  let last = Number.POSITIVE_INFINITY;
  for (let cursor: string | null = ""; cursor !== null; ) {
    const path: string = `/v1/links?limit=100${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body }: Answered<LinkList> = await ask("GET", path);
    for (const { id, createdAt } of body.links) {
      if (seen.has(id)) problems.push(`${path} has ${id} twice`);
      if (createdAt > last) problems.push(`${path} is out of order at ${id}`);
      last = createdAt;
      seen.add(id);
    }
    cursor = body.nextCursor;
  }
  return seen;
}

function check(what: string, seen: ReadonlySet<string>, wanted: ReadonlySet<string>): void {
  const missing = [...wanted].filter((one) => !seen.has(one));
  if (missing.length > 0) problems.push(`${what}: ${missing.length} are missing, such as ${missing[0]}`);
  if (seen.size !== wanted.size) problems.push(`${what}: ${seen.size} of ${wanted.size}`);
  tell(`${what}: ${seen.size}`);
}

async function inLanes(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: laneCount }, lane));
}

/** Waits as long as the number grows, and a minute more. */
async function until(what: string, count: () => number, wanted: number): Promise<void> {
  let [best, since] = [count(), Date.now()];
  let told = Date.now();
  while (best < wanted && Date.now() - since < 60_000 + expiresIn * 1_000) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (count() > best) [best, since] = [count(), Date.now()];
    if (Date.now() - told > 15_000) {
      tell(`${best} of ${wanted} ${what}`);
      told = Date.now();
    }
  }
}

async function startCounter() {
  const links = new Set<string>();
  let deliveries = 0;
  const server = createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
    deliveries += 1;
    links.add(JSON.parse(body).linkId);
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/`, links, deliveries: () => deliveries, stop: () => server.close() };
}

function tell(line: string): void {
  console.log(`${String(seconds()).padStart(6)} s  ${line}`);
}

function seconds(): number {
  return Math.round((Date.now() - startedAt) / 100) / 10;
}

function tagIn(id: string): string {
  return id.slice(id.indexOf("_") + 1).slice(0, 10);
}
