import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attacks } from "./attacks/all.ts";
import { Automation } from "./attacks/automation.ts";
import { attacksTable } from "./attacks-table.ts";
import { leaks } from "./search.ts";

describe.each(Object.entries(attacks))("%s", (_moment, ways) => {
  let automation: Automation;
  beforeAll(async () => {
    automation = await Automation.open();
  });
  afterAll(() => automation.close());

  test.each(ways.map((attack) => [attack.way, attack] as const))("%s", async (_way, { run, stop }) => {
    automation.begin();
    const learnt = await run(automation);
    const { secret } = automation;
    const canary = { form: "login", place: "password", value: secret } as const;
    const recordings = [
      { name: "frames", messages: automation.frames() },
      { name: "the automation's own address", messages: automation.collected() },
    ];
    expect(leaks([canary], recordings)).toEqual([]);
    for (const guess of [learnt].flat())
      expect(typeof guess === "string" && guess !== "" && secret.startsWith(guess), `${guess} of ${secret}`).toBe(
        false,
      );
    const codes = [...stop.matchAll(/`([a-z]+_[a-z_]+|timeout)`/g)].map(([, code]) => code);
    expect([...automation.refusals], stop).toEqual(expect.arrayContaining(codes));
  });
});

test("the table of docs/privacy-attacks.md is of these ways, 30 of them and more", async () => {
  expect(Object.values(attacks).flat().length).toBeGreaterThanOrEqual(30);
  expect(await readFile("docs/privacy-attacks.md", "utf8")).toContain(attacksTable());
});
