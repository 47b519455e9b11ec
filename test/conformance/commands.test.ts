import { commands, isCommandName } from "@passage/protocol/commands";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../device/test/rig.ts";
import { fixtureNames, serveFixtures } from "./fixtures/bundle.ts";
import { titleOf } from "./row.ts";
import { rows } from "./rows.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  await serveFixtures(rig.site);
});
afterAll(() => rig.close());

describe.each(fixtureNames)("%s", (fixture) => {
  const here = rows
    .filter(({ more }) => (more.on ?? fixtureNames).includes(fixture))
    .map((row) => [titleOf(row), row] as const);

  test.each(here)("%s", async (_title, row) => {
    const page = `${rig.site.origin}/${fixture}`;
    const filled = <T>(value: T): T =>
      JSON.parse(JSON.stringify(value).replaceAll("{site}", rig.site.origin).replaceAll("{page}", page));
    const run = async (command: string, params: Record<string, unknown>) => rig.send(command, filled(params));
    expect((await run("navigate", { url: page })).error).toBeUndefined();
    expect((await run("waitForSelector", { selector: "#title" })).error).toBeUndefined();
    for (const [command, params] of row.more.first ?? []) expect((await run(command, params)).error).toBeUndefined();
    const { result, error } = await run(row.command, row.params);
    expect(error?.code).toBe(row.error);
    if (row.more.result !== undefined) expect(result).toMatchObject(filled(row.more.result) as object);
    for (const [selector, text] of Object.entries(row.more.shows ?? {}))
      expect(
        (await run("waitForSelector", { selector: `${selector} >> text="${text}"`, timeout: 3_000 })).error,
      ).toBeUndefined();
  });
});

describe("the table", () => {
  test.each(Object.keys(commands))("%s: success, every option, every failure that it declares", (name) => {
    if (!isCommandName(name)) throw new Error(name);
    const own = rows.filter(({ command }) => command === name);
    expect(own.some(({ error }) => error === undefined)).toBe(true);
    const options = Object.keys(commands[name].params.shape);
    const shown = own.filter(({ error }) => error === undefined).flatMap(({ params }) => Object.keys(params));
    expect(options.filter((option) => !shown.includes(option))).toEqual([]);
    const declared: readonly string[] = (commands[name] as { errors?: readonly string[] }).errors ?? [];
    expect(declared.filter((code) => !own.some(({ error }) => error === code))).toEqual([]);
  });
});
