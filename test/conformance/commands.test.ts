import { batch, commands } from "@passage/protocol/commands";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { Rig } from "../../device/test/rig.ts";
import { fixtureNames, serveFixtures } from "./fixtures/bundle.ts";
import { onlyReads, type Row, titleOf } from "./row.ts";
import { rows } from "./rows.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

async function openRig(): Promise<Rig> {
  const opened = await Rig.open();
  await serveFixtures(opened.site);
  return opened;
}

describe.each(fixtureNames)("%s", (fixture) => {
  const here = rows
    .filter(({ more }) => (more.on ?? fixtureNames).includes(fixture))
    .map((row) => [titleOf(row), row] as const);
  let untouched = false;

  test.each(here)("%s", async (_title, row) => {
    if (row.more.fresh) {
      const fresh = await openRig();
      return demonstrate(fresh, `/${fixture}`, row).finally(() => fresh.close());
    }
    const path = untouched ? null : `/${fixture}`;
    untouched = false;
    await demonstrate(rig, path, row, fixture);
    untouched = onlyReads(row);
  });
});

/** Opens the fixture, unless the row before has left it as it was, and does what the row says. */
async function demonstrate(on: Rig, path: string | null, row: Row, fixture = path?.slice(1)): Promise<void> {
  const page = `${on.site.origin}/${fixture}`;
  const filled = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll("{site}", on.site.origin).replaceAll("{page}", page));
  const run = (command: string, params: Record<string, unknown>) => on.send(command, filled(params));
  const must = async (command: string, params: Record<string, unknown>) =>
    expect((await run(command, params)).error).toBeUndefined();
  if (path) {
    await must("navigate", { url: page });
    await must("waitForSelector", { selector: "#title" });
  }
  for (const [command, params] of row.more.first ?? []) await must(command, params);
  const { result, error } = await run(row.command, row.params);
  expect(error?.code, error?.message).toBe(row.error?.code);
  if (row.error) expect(error?.message).toContain(row.error.says);
  if (row.more.result !== undefined) expect(result).toMatchObject(filled(row.more.result) as object);
  for (const [selector, text] of Object.entries(row.more.shows ?? {}))
    await must("waitForSelector", { selector: `${selector} >> text="${text}"`, timeout: 3_000 });
}

describe("the table", () => {
  test.each(Object.entries({ ...commands, batch }))(
    "%s: success, every option, every failure that it declares",
    (name, row) => {
      const own = rows.filter(({ command }) => command === name);
      const successes = own.filter(({ error }) => error === undefined);
      expect(successes.length).toBeGreaterThan(0);
      for (const { fixed, options } of variants(row.params)) {
        const given = successes.filter(({ params }) =>
          Object.entries(fixed).every(([key, value]) => params[key] === value),
        );
        const shown = new Set(given.flatMap(({ params }) => Object.keys(params)));
        expect(options.filter((option) => !shown.has(option))).toEqual([]);
      }
      const declared: readonly string[] = "errors" in row ? row.errors : [];
      expect(declared.filter((code) => !own.some(({ error }) => error?.code === code))).toEqual([]);
    },
  );
});

/** The options of the params, or of each kind of them, by what names the kind. */
function variants(params: z.ZodType): { fixed: Record<string, unknown>; options: string[] }[] {
  if (params instanceof z.ZodDiscriminatedUnion) return params.options.flatMap((one) => variants(one as z.ZodType));
  if (!(params instanceof z.ZodObject)) throw new Error("Params are an object, or one of several");
  const literals = Object.entries(params.shape).filter(([, field]) => field instanceof z.ZodLiteral);
  const fixed = Object.fromEntries(literals.map(([key, field]) => [key, (field as z.ZodLiteral).value]));
  return [{ fixed, options: Object.keys(params.shape) }];
}
