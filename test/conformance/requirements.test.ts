import { expect, test } from "vitest";
import { gapsOfHosts } from "../../device/test/expectations/hosts.ts";
import { requirements } from "./requirements.ts";
import { titleOf } from "./row.ts";
import { rows } from "./rows.ts";
import { isTitle, writtenTitles } from "./titles.ts";

const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}-${String(index + 1).padStart(2, "0")}`);

test("every difficulty and every defect is met by a test that exists, or for a reason", () => {
  expect(Object.keys(requirements)).toEqual([...numbered("D", 48), ...numbered("L", 28)]);
  const written = writtenTitles();
  const unproved = Object.entries(requirements).filter(([, met]) => "test" in met && !written.includes(met.test));
  expect(unproved).toEqual([]);
  const reasons = Object.entries(requirements).flatMap(([id, met]) => ("reason" in met ? [`${id} ${met.reason}`] : []));
  console.log(
    `${Object.keys(requirements).length} requirements, ${reasons.length} for a reason:\n${reasons.join("\n")}`,
  );
});

test("the known gaps of a host are of tests that exist", () => {
  const written = writtenTitles();
  const listed = Object.values(gapsOfHosts).flatMap((gaps) => gaps.flatMap(({ tests }) => tests));
  const stale = listed.filter((one) =>
    typeof one === "string"
      ? !isTitle(one.split(" > ").at(-1) ?? "", written)
      : !rows.some((row) => one.test(titleOf(row))),
  );
  expect(stale).toEqual([]);
});
