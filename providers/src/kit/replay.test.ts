import { expect, test } from "vitest";
import * as z from "zod";
import { type Operation, operation } from "../define.ts";
import type { Page } from "../page.ts";
import { makeRecording } from "./record.ts";
import { formatRecording, parseRecording, type Recording, recordingFile } from "./recording.ts";
import { replay } from "./replay.ts";

function operationThat(run: (page: Page) => Promise<unknown>): Operation {
  const manifest = { origins: ["https://shop.example"], evidence: "synthetic" } as const;
  const result = z.object({ title: z.string() });
  return operation({
    resource: "page",
    action: "read",
    description: "A page",
    arguments: null,
    result,
    manifest,
    run: run as never,
  });
}

const readsTitle = operationThat(async (page) => {
  await page.navigate({ url: page.siteUrl("https://shop.example/") });
  return page.title();
});

const journal = [
  {
    request: '{"command":"navigate","params":{"url":"http://shop.localhost:4100/"}}',
    answer: { result: { url: "http://shop.localhost:4100/", status: 200 } },
  },
  { request: '{"command":"title","params":{}}', answer: { result: { title: "Shop, 410 555 0123 99" } } },
];

function record(run = readsTitle): Promise<Recording> {
  return makeRecording({
    provider: { id: "shop", version: 1 },
    operation: run,
    site: "sandbox",
    arguments: {},
    journal,
    ended: { result: { title: "Shop" } },
    twins: new Map([["https://shop.example", "http://shop.localhost:4100"]]),
  });
}

test("a run on a stand-in is recorded with live addresses, and replays", async () => {
  const made = parseRecording(formatRecording(await record()));
  expect(made.journal[0]).toEqual({
    request: { command: "navigate", params: { url: "https://shop.example/" } },
    answer: { result: { url: "https://shop.example/", status: 200 } },
  });
  expect(await replay(readsTitle, made)).toBe(null);
  expect(recordingFile("orderHistory:read", "three-orders")).toBe("order-history-read-three-orders.json");
});

test("a changed request is told with its number, what was recorded and what is asked now", async () => {
  const changed = operationThat(async (page) => {
    await page.navigate({ url: page.siteUrl("https://shop.example/home") });
    return page.title();
  });
  expect(await replay(changed, await record())).toEqual({
    at: 1,
    message: "Request 1 is another one than was recorded.",
    expected: { command: "navigate", params: { url: "https://shop.example/" } },
    seen: { command: "navigate", params: { url: "https://shop.example/home" } },
  });
});

test("one request more, one less, and another end are told", async () => {
  const more = operationThat(async (page) => {
    await page.navigate({ url: page.siteUrl("https://shop.example/") });
    const { title } = await page.title();
    await page.url();
    return { title };
  });
  expect(await replay(more, await record())).toMatchObject({ at: 3, seen: { command: "url" } });
  const less = operationThat(async (page) => {
    const { url } = await page.navigate({ url: page.siteUrl("https://shop.example/") });
    return { title: url };
  });
  expect(await replay(less, await record())).toMatchObject({ at: null });
  const other = operationThat(async (page) => {
    await page.navigate({ url: page.siteUrl("https://shop.example/") });
    const { title } = await page.title();
    return { title: title.toUpperCase() };
  });
  expect(await replay(other, await record())).toMatchObject({
    at: null,
    message: expect.stringContaining("another way"),
  });
  const stopsEarly = { ...(await record()), ended: { result: { title: "https://shop.example/" } } };
  expect(await replay(less, stopsEarly)).toMatchObject({ at: 2, expected: { command: "title" } });
});

test("a run whose way depends on a replaced value is not recorded", async () => {
  const looks = operationThat(async (page) => {
    await page.navigate({ url: page.siteUrl("https://shop.example/") });
    const { title } = await page.title();
    if (!title.includes("410 555 0123")) throw new TypeError("not the number that I know");
    return { title };
  });
  await expect(record(looks)).rejects.toThrow(/ends in another way on the scrubbed values.*complete.*automation_bug/);
});
