import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asOperator } from "../../../test/harness/operator.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
const rules = readFileSync("deploy/alerts.yml", "utf8");
const selectors = [...new Set([...rules.matchAll(/passage_\w+(?:\{[^}]*\})?/g)].map(String))];

/** The labels of a series, or of a selector with its operators. */
function labelsOf(text: string): { name: string; operator: string; value: string }[] {
  return [...text.matchAll(/(\w+)(=~|=)"([^"]*)"/g)].map(([, name = "", operator = "", value = ""]) => ({
    name,
    operator,
    value,
  }));
}

test("each series that an alert watches is there from the first scrape on, so that its first event is an increase", async () => {
  const { body } = await asOperator<string>(passage, "GET", "/metrics");
  const series = body.split("\n").filter((line) => line.startsWith("passage_"));
  expect(selectors.length).toBeGreaterThanOrEqual(6);
  for (const selector of selectors) {
    const [name = ""] = selector.split("{");
    const found = series.filter((line) => {
      if (line.split(/[ {]/)[0] !== name) return false;
      const own = new Map(labelsOf(line).map((label) => [label.name, label.value]));
      return labelsOf(selector).every(({ name, operator, value }) =>
        operator === "=" ? own.get(name) === value : new RegExp(`^(?:${value})$`).test(own.get(name) ?? ""),
      );
    });
    expect(found, selector).not.toEqual([]);
  }
});
