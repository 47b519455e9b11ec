import type { Page } from "@passage/automation/page";
import { expect, test } from "vitest";
import * as z from "zod";
import { type Operation, operation } from "../kit/define.ts";
import { text } from "../kit/reads/leaf.ts";
import { nameOfRead, reads, request } from "../kit/reads/read.ts";
import { nameOfStep, place, steps } from "../kit/steps/step.ts";
import { makeRecording } from "./record.ts";
import { formatRecording, parseRecording, type Recording, recordingFile } from "./recording.ts";
import { replay } from "./replay.ts";

const shop = "https://shop.example";
const does = steps({ front: place(`${shop}/`), home: place(`${shop}/home`) });
const declared = reads({
  page: request({
    what: "the page's title",
    on: `${shop}/`,
    get: "/api/page",
    data: z.object({ title: text(100, { digits: true }) }),
  }),
});

function operationThat(run: (page: Page) => Promise<unknown>): Operation {
  return operation({
    resource: "page",
    action: "read",
    description: "A page",
    arguments: null,
    result: z.object({ title: z.string() }),
    manifest: { origins: [shop], reads: declared, steps: does, says: [], evidence: "synthetic" },
    run: run as never,
  });
}

const readsTitle = operationThat(async (page) => {
  await page.go(does.front);
  return page.read(declared.page);
});

const asked = {
  begin: { command: "begin", params: { operation: "page:read" } },
  front: { command: "step", params: { step: nameOfStep(does.front) } },
  home: { command: "step", params: { step: nameOfStep(does.home) } },
  page: { command: "read", params: { read: nameOfRead(declared.page), timeout: 15_000 } },
};

const journal = [
  { request: JSON.stringify(asked.begin), answer: { result: {} } },
  { request: JSON.stringify(asked.front), answer: { result: { status: "ok" } } },
  {
    request: JSON.stringify(asked.page),
    answer: { result: { status: "ok", data: { title: "Shop at http://shop.localhost:4100/, 410 555 0123 99" } } },
  },
];

function record(run = readsTitle): Promise<Recording> {
  return makeRecording({
    provider: { id: "shop", version: 1 },
    operation: run,
    site: "sandbox",
    arguments: {},
    journal,
    ended: { result: { title: "Shop" } },
    twins: new Map([[shop, "http://shop.localhost:4100"]]),
  });
}

test("a run on a stand-in is recorded with live addresses, and replays", async () => {
  const made = parseRecording(formatRecording(await record()));
  expect(made.journal[1]).toEqual({ request: asked.front, answer: { result: { status: "ok" } } });
  expect(made.journal[2]).toMatchObject({
    request: asked.page,
    answer: { result: { status: "ok", data: { title: expect.stringContaining("Shop at https://shop.example/, ") } } },
  });
  expect(formatRecording(made)).not.toContain("410 555 0123 99");
  expect(await replay(readsTitle, made)).toBe(null);
  expect(recordingFile("orderHistory:read", "three-orders")).toBe("order-history-read-three-orders.json");
});

test("a changed request is told with its number, what was recorded and what is asked now", async () => {
  const changed = operationThat(async (page) => {
    await page.go(does.home);
    return page.read(declared.page);
  });
  expect(await replay(changed, await record())).toEqual({
    at: 2,
    message: "Request 2 is another one than was recorded.",
    expected: asked.front,
    seen: asked.home,
  });
});

test("a read that declares another shape is a changed request", async () => {
  const wider = reads({
    page: request({ what: "the page's title", on: `${shop}/`, get: "/api/page", data: z.object({ title: text(200) }) }),
  });
  const changed = operationThat(async (page) => {
    await page.go(does.front);
    return page.read(wider.page);
  });
  expect(await replay(changed, await record())).toMatchObject({ at: 3, expected: asked.page });
});

test("one request more, one less, and another end are told", async () => {
  const more = operationThat(async (page) => {
    await page.go(does.front);
    const { title } = await page.read(declared.page);
    await page.go(does.home);
    return { title };
  });
  expect(await replay(more, await record())).toMatchObject({ at: 4, seen: asked.home });
  const less = operationThat(async (page) => ({ title: `${await page.go(does.front)}` }));
  expect(await replay(less, await record())).toMatchObject({ at: null });
  const other = operationThat(async (page) => {
    await page.go(does.front);
    const { title } = await page.read(declared.page);
    return { title: title.toUpperCase() };
  });
  expect(await replay(other, await record())).toMatchObject({
    at: null,
    message: expect.stringContaining("another way"),
  });
  const stopsEarly = { ...(await record()), ended: { result: { title: "ok" } } };
  expect(await replay(less, stopsEarly)).toMatchObject({ at: 3, expected: asked.page });
});

test("a run whose way depends on a replaced value is not recorded", async () => {
  const looks = operationThat(async (page) => {
    await page.go(does.front);
    const { title } = await page.read(declared.page);
    if (!title.includes("410 555 0123")) throw new TypeError("not the number that I know");
    return { title };
  });
  await expect(record(looks)).rejects.toThrow(/ends in another way on the scrubbed values.*complete.*automation_bug/);
});
