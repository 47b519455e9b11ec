import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "../../test/person.ts";
import { Rig } from "../../test/rig.ts";
import { labelRows } from "../../test/typing/labels.ts";
import { placeRows } from "../../test/typing/places.ts";
import { keys, type Places } from "../../test/typing/row.ts";
import { shapeRows } from "../../test/typing/shapes.ts";
import { wayRows } from "../../test/typing/ways.ts";

/** The others take a minute and more: `npm run conformance` runs them too. */
const isWhole = process.env.PASSAGE_TESTS === "conformance";
const all = [...wayRows, ...placeRows, ...shapeRows, ...labelRows];
const rows = isWhole ? all : all.filter(({ short }) => short);

let rig: Rig;
let person: Person;
let pages = 0;
let known = "";
beforeAll(async () => {
  rig = await Rig.open({ cdpPort: 0 });
  rig.site.answer("/known", (_, response) => response.end(`it is ${known}.`));
  person = await Person.at(rig.host.cdpPort as number);
});
afterAll(async () => {
  await person.leave();
  await rig.close();
});

test("the table has a row for each way, each shape and each language", () => {
  expect(all.length).toBeGreaterThanOrEqual(120);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test.each(rows)("$name: $stop", async (row) => {
  const value = row.gives === "code" ? String(randomInt(100_000, 999_999)) : word();
  await rig.show(typeof row.html === "string" ? row.html : row.html(places));
  await inTurn(() => (row.act ?? keys)(person.page, value));
  expect(await codeFor(value)).toBe(row.stop ?? "none");
  await rig.show("<h1>Your account</h1>");
  expect(await codeFor(value)).toBe(row.stop === null || row.freeLater ? "none" : "blocked_secret");
});

/** No vowels: no word of a page is made of it. */
function word(): string {
  const letters = Array.from({ length: 9 }, () => "bcdfghjklmnpqrstvwxz"[randomInt(20)]).join("");
  return `${letters}${randomInt(10, 99)}`;
}

const places: Places = {
  page: (html) => rig.site.page(`/inner-${++pages}`, html),
  elsewhere: (html) => rig.site.page(`/inner-${++pages}`, html).replace("127.0.0.1", "localhost"),
};

async function inTurn(act: () => Promise<void>): Promise<void> {
  const id = `turn_${++pages}`;
  const over = rig.yield({ conditions: [{ type: "userDone" }] }, id);
  const overlay = "document.querySelector('passage-status')";
  await rig.until(`${overlay}?.matches(':popover-open') && ${overlay}.getBoundingClientRect().height > 105`);
  await act();
  rig.cancel(id);
  await over;
}

/** What an automation gets that asks the site for what was typed, and the site knows it. */
async function codeFor(value: string): Promise<string> {
  known = value;
  const { error } = await rig.run("fetchInPage", { url: `${rig.site.origin}/known` });
  return error?.code ?? "none";
}
