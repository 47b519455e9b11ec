import { afterAll, beforeAll, expect, test } from "vitest";
import { leaks } from "../canary/search.ts";
import { CanarySession } from "../canary/session.ts";
import { usePassage } from "../harness/use-passage.ts";
import { kinds } from "./kinds.ts";
import { type Served, serveKinds } from "./serve.ts";

/** A developer's session on each kind of page: one server, one device, twelve sites, and a person who signs in by hand. */
const passage = usePassage();
let served: Awaited<ReturnType<typeof serveKinds>>;
let session: CanarySession;
beforeAll(async () => {
  served = await serveKinds(kinds);
  session = await CanarySession.open(passage);
});
afterAll(async () => {
  await session.close();
  await served.stop();
});

const site = (name: string) => served.sites.find(({ kind }) => kind.name === name) as Served;

test.each(kinds.map(({ name }) => name))(
  "%s: the person signs in, and the automation reads what it came for",
  async (name) => {
    const { kind, secrets, start } = site(name);
    const opened = await session.ask("navigate", { url: start });
    if (kind.reads === null) {
      const details = { reason: "unsupported_login_method" };
      return expect(opened.error).toMatchObject({ code: "navigation_failed", details });
    }
    expect(opened.error).toBe(null);
    const turn = session.turn({ conditions: kind.conditions, timeout: 25_000 });
    await kind.signIn(session.person, secrets.typed);
    expect(await turn.over).toMatchObject({ error: null, result: { matched: true } });
    for (const [command, params, result] of kind.reads)
      expect(await session.ask(command, params), command).toMatchObject({ error: null, result });
  },
);

test("[A6] a device that is killed in the middle of a turn: the next one has the page, and the turn goes on", async () => {
  const { kind, secrets, start } = site("AJAX");
  await session.ask("navigate", { url: start });
  const turn = session.turn({ conditions: kind.conditions, timeout: 25_000 });
  await session.person.locator("#user").pressSequentially(secrets.typed.user);
  await session.crashDevice();
  await kind.signIn(session.person, secrets.typed);
  expect(await turn.over).toMatchObject({ error: null, result: { matched: true } });
  const [[command, params, result] = []] = kind.reads ?? [];
  expect(await session.ask(`${command}`, params)).toMatchObject({ error: null, result });
});

test("[A14] after the person has closed the window every command is page_gone at once", async () => {
  await session.closeWindow();
  for (const [command, params] of [
    ["navigate", { url: site("AJAX").start }],
    ["title", {}],
    ["click", { selector: "#go" }],
    ["batch", { commands: [{ command: "url" }] }],
  ] as const)
    expect((await session.ask(command, params)).error, command).toMatchObject({ code: "page_gone" });
  expect(await session.turn({ conditions: [{ type: "userDone" }] }).over).toMatchObject({
    result: { matched: false, reason: "user_gave_up" },
  });
});

test("nothing that was typed on any site, and no token of theirs, left the device", () => {
  const recordings = session.recordings();
  const canaries = served.sites.flatMap(({ kind: { name }, secrets: { typed, tokens } }) => [
    { form: name, place: "user" as const, value: typed.user },
    { form: name, place: "password" as const, value: typed.password },
    ...tokens.map((value) => ({ form: name, place: "cookie" as const, value })),
  ]);
  expect(leaks(canaries, recordings)).toEqual([]);
  // What was read is found in the same way.
  const read = leaks([{ form: "read", place: "user", value: "September 2026" }], recordings);
  expect(read.map(({ recording }) => recording)).toContain("sent by the device");
});
