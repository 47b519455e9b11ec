import { afterAll, beforeAll, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

/** A host that cannot see the network, as a phone's web view: what it knows all the same, and what it does not. */
let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open({ plain: true });
});
afterAll(() => rig.close());

const typed = "Sommerwiese-Regen-41";
const stored = "q7Zt2mXw94LkVbHs83PdRfYc";
const cookie = "n3Hs81LcWq5XyRb27KmTdVpZ";
const readBack = async (text: string) => {
  await rig.show(`<p>${text}</p>`);
  return rig.run("textContent", { selector: "p" });
};

test("what a person types and what the site stores stays on the device", async () => {
  await rig.show("<form><input type=password autocomplete=current-password id=password></form>");
  const turn = rig.yield({ conditions: [{ type: "userDone" }] });
  await rig.personTypes("document.querySelector('#password')", typed);
  await rig.personPresses("I'm done");
  expect((await turn).result).toMatchObject({ matched: true });
  await rig.value(`localStorage.session_token = "${stored}"`);
  for (const text of [typed, btoa(typed), stored])
    expect((await readBack(text)).error).toMatchObject({ code: "blocked_secret" });
  expect(rig.frames.join("\n")).not.toMatch(new RegExp(`${typed}|${stored}`));
});

test("what only the network has is not known there, as the guarantee says", async () => {
  rig.site.answer("/sign", (_request, response) => {
    response
      .writeHead(200, { "set-cookie": `sid=${cookie}; HttpOnly; Path=/`, "content-type": "text/html" })
      .end("<p>in</p>");
  });
  await rig.run("navigate", { url: `${rig.site.origin}/sign` });
  expect((await readBack(cookie)).result).toEqual({ text: cookie });
});
