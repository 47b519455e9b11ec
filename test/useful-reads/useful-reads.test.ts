import { afterAll, beforeAll, expect, test } from "vitest";
import { leaks } from "../canary/search.ts";
import { CanarySession } from "../canary/session.ts";
import { usePassage } from "../harness/use-passage.ts";
import { fillIn } from "../sites/kind.ts";
import { serve } from "../sites/serve.ts";
import { readsOf } from "./reads.ts";
import { applications } from "./stacks/applications.ts";
import { frameworks } from "./stacks/frameworks.ts";
import { shops } from "./stacks/shops.ts";
import { passwordPage, type Site, siteOf, type Trait } from "./template.ts";

/**
 * What the walls of a developer's session keep back in vain: pages of many stacks, full of tokens, each read in every way that an
 * automation has. What a page shows must arrive whole; none of its tokens may.
 */
const sites: readonly Site[] = [...frameworks, ...shops, ...applications].map(siteOf);
const passage = usePassage();
let served: Awaited<ReturnType<typeof serve>>;
let session: CanarySession;
/** By page: the reads that were made, and the faults among them. */
const pages: {
  readonly page: string;
  readonly traits: readonly Trait[];
  readonly reads: number;
  readonly faults: string[];
}[] = [];

beforeAll(async () => {
  served = await serve((request) => {
    const site = sites.find(({ template }) => request.url.hostname === `${template.name}.localhost`);
    const answer = site?.pages[request.url.pathname];
    return typeof answer === "function" ? answer(request) : answer === undefined ? undefined : { body: answer };
  });
  session = await CanarySession.open(passage);
});
afterAll(async () => {
  report();
  await session.close();
  await served.stop();
});

test.each(sites.map((site) => [site.template.name, site] as const))("%s", { timeout: 120_000 }, async (name, site) => {
  const origin = `http://${name}.localhost:${served.port}`;
  expect(await session.ask("navigate", { url: `${origin}/sign-in` })).toMatchObject({ error: null });
  const turn = session.turn({ conditions: [{ type: "url", pattern: "/bills$" }], timeout: 25_000 });
  await fillIn(session.person, site.typed);
  expect(await turn.over).toMatchObject({ error: null, result: { matched: true } });
  for (const subject of site.subjects) {
    const faults: string[] = [];
    await session.ask("navigate", { url: `${origin}/${subject.name}` });
    await session.ask("waitForSelector", { selector: "td >> nth=0" });
    const reads = readsOf(site, subject);
    for (const { command, params, wrong } of reads) {
      const { result, error } = await session.ask(command, params);
      const damage = error === null ? wrong(result as never) : null;
      if (error) faults.push(`${command} refused: ${error.code} (${error.message})`);
      else if (damage !== null) faults.push(`${command} damaged: ${damage}`);
    }
    const traits = site.template.traits.filter(
      (trait) => trait !== "empty password field" || subject.name === passwordPage,
    );
    pages.push({ page: `${name}/${subject.name}`, traits, reads: reads.length, faults });
  }
});

test("a hundred pages of twenty-five stacks, and what the walls are there for", () => {
  const having = (trait: Trait) => pages.filter(({ traits }) => traits.includes(trait)).length;
  expect(sites.length).toBeGreaterThanOrEqual(25);
  expect(pages.length).toBeGreaterThanOrEqual(100);
  expect(having("CSRF token")).toBeGreaterThanOrEqual(15);
  expect(having("token in storage")).toBeGreaterThanOrEqual(15);
  expect(having("empty password field")).toBeGreaterThanOrEqual(10);
});

test("at most one page in a hundred has a read that is refused, and none is damaged", () => {
  const refused = pages.filter(({ faults }) => faults.some((fault) => fault.includes("refused")));
  expect(refused.length / pages.length).toBeLessThanOrEqual(0.01);
  expect(pages.flatMap(({ faults }) => faults.filter((fault) => fault.includes("damaged")))).toEqual([]);
});

test("no token of any site left the device as it is, and no password in any encoding", () => {
  const recordings = session.recordings();
  const typed = sites.map(({ template: { name: form }, typed: { password: value } }) => ({
    form,
    place: "password" as const,
    value,
  }));
  expect(leaks(typed, recordings)).toEqual([]);
  const sent = recordings
    .filter(({ name }) => name === "sent by the device")
    .flatMap(({ messages }) => messages)
    .join("\n");
  const tokens = sites.flatMap(({ template, tokens }) => tokens.made.map((token) => ({ site: template.name, token })));
  // What a browser does not guess: a nonce of ten hex digits can meet by chance.
  const long = tokens.filter(({ token }) => token.length >= 16);
  expect(long.length).toBeGreaterThan(200);
  expect(
    long.filter(
      ({ token }) => sent.includes(token.slice(0, 24)) || sent.includes(encodeURIComponent(token).slice(0, 24)),
    ),
  ).toEqual([]);
  // What was read is found in the same way.
  expect(sent).toContain("Merino socks");
});

function report(): void {
  console.log("stack            follows");
  for (const { template } of sites) console.log(`${template.name.padEnd(16)} ${template.follows}`);
  const faulty = pages.filter(({ faults }) => faults.length > 0);
  for (const { page, faults } of faulty) for (const fault of faults) console.log(`${page}: ${fault}`);
  const reads = pages.reduce((sum, page) => sum + page.reads, 0);
  for (const trait of ["CSRF token", "token in storage", "empty password field"] as const)
    console.log(`${pages.filter(({ traits }) => traits.includes(trait)).length} pages have a ${trait}`);
  const faults = pages.reduce((sum, page) => sum + page.faults.length, 0);
  console.log(
    `${pages.length} pages of ${sites.length} stacks, ${reads} reads: ${faults} refused or damaged, on ${faulty.length} pages`,
  );
}
