import { readFileSync } from "node:fs";
import { commands } from "@passage/protocol/commands";
import { declaredName } from "@passage/protocol/reads/digest";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Deed, ScriptedWebview } from "../../test/scripted-webview.ts";
import { manifest, nameOfRead, nameOfStep, origin, reads, steps } from "../../test/shop-manifest.ts";
import { Egress } from "../egress/gate.ts";
import { PrivatePhase } from "../egress/private-phase.ts";
import { Executor } from "../executor.ts";
import { FreshDocument } from "../fresh-document.ts";
import { Origins } from "../origins.ts";
import { OverlayKeeper } from "../overlay.ts";
import { Page } from "../page.ts";
import { SealedValues } from "../sealed-values.ts";
import { SensitiveFields } from "../sensitive-fields.ts";
import { DeclaredOperations } from "./operations.ts";

/**
 * A server that owns the session's socket and the signed manifest sends anything in any order, and a site says anything. What
 * leaves is read by a parser of this test's own, made from the manifest and the committed schema alone.
 */
const runs = Number(process.env.PASSAGE_HOSTILE_RUNS ?? (process.env.PASSAGE_TESTS === "conformance" ? 400 : 60));
const { errorCodes } = JSON.parse(readFileSync("protocol/src/schema.json", "utf8")) as {
  errorCodes: Record<string, { title: string }>;
};

/** Stands in everything that page and site say, but where a shape names it. */
const canary = "zqCANARYqz";

/** What a hostile text may be: what a text was pasted into before, and what the manifest itself has. */
const text = fc.oneof(
  fc.constantFrom(
    "..",
    "%2e%2e",
    "a&b=c",
    '"',
    "'",
    "\u0000",
    "b_1",
    "b_2",
    "",
    "#save",
    "h1",
    `${origin}/bill/summary`,
    "https://evil.example/",
    "4242424242424242",
    "5555444433332222",
    "98101",
    "Reading your bills",
    "12 so far",
    "Type your password",
  ),
  fc.string({ maxLength: 20 }),
);
const stepName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(steps)).map(nameOfStep) },
  { weight: 1, arbitrary: fc.constantFrom("summary", "summary@00000000", nameOfRead("bills"), "constructor@00000000") },
);
const readName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(reads)).map(nameOfRead) },
  { weight: 1, arbitrary: fc.constantFrom("bills", "bills@00000000", nameOfStep("summary")) },
);
const value = fc.oneof(text, fc.integer({ min: -1, max: 2031 }), fc.boolean(), fc.jsonValue({ maxDepth: 2 }));
const wildParams = fc.dictionary(
  fc.constantFrom(
    "selector",
    "url",
    "expression",
    "value",
    "text",
    "key",
    "name",
    "urlPattern",
    "from",
    "fields",
    "rows",
    "values",
    "files",
    "path",
    "headers",
    "body",
    "pattern",
  ),
  value,
  { maxKeys: 4 },
);
const timeout = { timeout: fc.constant(15) };
const command = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      command: fc.constant("begin"),
      params: fc.record({ operation: fc.constantFrom("bills:write", "bills:write", "orders:read", "") }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      command: fc.constant("step"),
      params: fc.record(
        { step: stepName, nth: fc.integer({ min: -1, max: 3 }), value: text, ...timeout },
        { requiredKeys: ["step", "timeout"] },
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ command: fc.constant("at"), params: fc.record({ step: stepName, ...timeout }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      command: fc.constant("read"),
      params: fc.record(
        {
          read: readName,
          params: fc.oneof(
            fc.dictionary(fc.constantFrom("id", "year", "zip", "other", "__proto__"), value, { maxKeys: 4 }),
            fc.record({
              id: fc.constantFrom("b_1", "b_2"),
              year: fc.constant(2026),
              zip: fc.constantFrom("98101", "98102"),
            }),
          ),
          ...timeout,
        },
        { requiredKeys: ["read", "timeout"] },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      command: fc.constant("updateStatus"),
      params: fc.record({ heading: text, subheading: text }, { requiredKeys: [] }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      command: fc.constantFrom(...Object.keys(commands), "batch", "nothing", "constructor"),
      params: wildParams,
    }),
  },
);
const condition = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("step"), step: stepName }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("url"), pattern: text }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("selector"), selector: text }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("networkRequest"), captureBody: fc.constant(true) }) },
);
const turn = fc.record({
  conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
  status: fc.record({ heading: text }, { requiredKeys: [] }),
  match: fc.constantFrom("any", "all"),
  person: fc.constantFrom("userDone", "userGaveUp", null),
});
type Act =
  | { kind: "command"; command: string; params: Record<string, unknown> }
  | { kind: "turn"; conditions: object[]; status: object; match: string; person: "userDone" | "userGaveUp" | null };
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: command.map((one) => ({
      kind: "command" as const,
      ...(one as { command: string; params: Record<string, unknown> }),
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(command, { minLength: 1, maxLength: 4 })
      .map((list) => ({ kind: "command" as const, command: "batch", params: { commands: list } })),
  },
  { weight: 2, arbitrary: turn.map((one) => ({ kind: "turn" as const, ...one })) },
) as fc.Arbitrary<Act>;
const opened: Act[] = [
  { kind: "command", command: "begin", params: { operation: "bills:write" } },
  { kind: "command", command: "step", params: { step: nameOfStep("summary"), timeout: 15 } },
];
const typed: Act[] = [
  { kind: "command", command: "step", params: { step: nameOfStep("number"), value: "4242424242424242", timeout: 15 } },
];
/** The same argument with another value, which is not typed. */
const typedAgain: Act[] = [
  { kind: "command", command: "step", params: { step: nameOfStep("number"), value: "5555444433332222", timeout: 15 } },
];
const saving: Act[] = [
  {
    kind: "turn",
    conditions: [{ type: "step", step: nameOfStep("save") }],
    status: {},
    match: "any",
    person: "userDone",
  },
];
const reading: Act[] = ["bills", "labels", "bills"].map((name) => ({
  kind: "command",
  command: "read",
  params: { read: nameOfRead(name), timeout: 15 },
}));
/** Some sequences begin where more of what is declared can be done. */
const beginning = fc.constantFrom(
  [],
  opened,
  [...opened, ...reading],
  [...opened, ...typed, ...typedAgain, ...saving, ...reading],
);
const acts = fc
  .tuple(beginning, fc.array(act, { minLength: 1, maxLength: 10 }))
  .map(([first, list]) => [...first, ...list]);

const siteBill = fc.record({
  id: fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom("b_1", "b_2") },
    { weight: 1, arbitrary: fc.constantFrom(7, `${canary} x`, null) },
  ),
  charges: fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom("$85.00", 1.5) },
    { weight: 1, arbitrary: fc.constant(canary) },
  ),
  due: fc.constantFrom("11/4/2026", null),
  kind: fc.constantFrom("Bill", "Payment"),
  count: fc.integer({ min: 0, max: 9 }),
  at: fc.constantFrom("2026-11-04T10:00:00+01:00", canary, null),
  [canary]: fc.constant(canary),
});
const siteBody = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      bills: fc.array(siteBill, { maxLength: 4 }),
      token: fc.constant(`${canary}.t`),
      same: fc.constantFrom("4242", "3332"),
      name: fc.constant(canary),
    }),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const world = fc.record({
  bodies: fc.array(
    siteBody.map((body) => JSON.stringify(body)),
    { minLength: 1, maxLength: 4 },
  ),
  statuses: fc.array(fc.constantFrom(200, 200, 200, 404, 403, 429, 500), { minLength: 1, maxLength: 4 }),
  shows: fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }), {
    minLength: 1,
    maxLength: 8,
  }),
  texts: fc.array(fc.constantFrom(`${canary} $85.00`, `${canary} none`, null), { minLength: 1, maxLength: 4 }),
});

/** The device without a browser and without a socket. */
class Device {
  readonly frames: string[] = [];
  readonly webview: ScriptedWebview;
  readonly #executor: Executor;
  readonly #waiting = new Map<string, () => void>();
  #lastId = 0;

  constructor({
    bodies,
    statuses,
    shows,
    texts,
  }: { bodies: string[]; statuses: number[]; shows: boolean[]; texts: (string | null)[] }) {
    const turns = new Map<readonly unknown[], number>();
    const next = <Item>(items: readonly Item[]): Item => {
      const at = turns.get(items) ?? 0;
      turns.set(items, at + 1);
      return items[at % items.length] as Item;
    };
    this.webview = new ScriptedWebview({
      words: `<h1>${canary}</h1>`,
      status: () => next(statuses),
      body: () => next(bodies),
      shows: () => next(shows),
      text: () => next(texts),
    });
    const page = new Page(this.webview);
    const operations = new DeclaredOperations();
    const origins = new Origins();
    const privacy = new PrivatePhase(() => page.url());
    const egress = new Egress(privacy, { isStrict: () => operations.strict });
    egress.attach((frame) => {
      this.frames.push(frame);
      this.#waiting.get((JSON.parse(frame) as { id: string }).id)?.();
      return true;
    });
    origins.pin([origin]);
    operations.pin([manifest], (url) => url);
    const parts = { page, privacy, operations, egress, origins };
    this.#executor = new Executor({
      ...parts,
      fields: new SensitiveFields(page, privacy),
      fresh: new FreshDocument(page),
      overlay: new OverlayKeeper(page),
      sealed: new SealedValues(egress.secrets),
    });
  }

  async carryOut(act: Act): Promise<void> {
    const id = `r${++this.#lastId}`;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(id, resolve);
    if (act.kind === "command")
      this.#executor.receive({ type: "server.command", id, command: act.command, params: act.params });
    else {
      const { conditions, status, match, person } = act;
      const request = { id, conditions, status, match, timeout: 30 };
      this.#executor.receive({ type: "server.set_interactive", interactive: true, yield: request as never });
      if (person) setTimeout(() => this.webview.says(person), 2);
    }
    await promise;
  }
}

/** Reads a frame as what it may be, and throws where it is anything else. */
function parse(frame: string, act: Act): void {
  const { type, id, result, error, ...more } = JSON.parse(frame);
  expect(type).toBe("client.command_response");
  expect(typeof id).toBe("string");
  expect(more).toEqual({});
  if (error) return parseError(error);
  if (act.kind === "turn") return parseTurn(result);
  parseResult(act.command, act.params, result);
}

function parseError({ code, message, details, ...more }: Record<string, unknown>): void {
  expect(message).toBe(`${errorCodes[String(code)]?.title}.`);
  expect(more).toEqual({});
  if (details !== undefined)
    expect(JSON.stringify(details)).toMatch(
      /^\{"reason":"(person_in_control|sensitive_field|sign_in_origin|unsupported_login_method|user_gave_up)"\}$/,
    );
}

function parseTurn(result: Record<string, unknown>): void {
  expect(JSON.stringify(result)).toMatch(
    /^\{"matched":(true,"condition":[012]|false,"reason":"(timeout|user_gave_up)")\}$/,
  );
}

function parseResult(command: string, params: Record<string, unknown>, result: Record<string, unknown>): void {
  const told = JSON.stringify(result);
  if (command === "batch") {
    const list = params.commands as { command: string; params: Record<string, unknown> }[];
    const { results, ...more } = result as {
      results: { result?: Record<string, unknown>; error?: Record<string, unknown> }[];
    };
    expect(more).toEqual({});
    for (const [index, one] of results.entries()) {
      if (one.error) parseError(one.error);
      else parseResult(list[index]?.command ?? "", list[index]?.params ?? {}, one.result ?? {});
    }
  } else if (command === "at") expect(told).toMatch(/^\{"holds":(true|false)\}$/);
  else if (command === "step") expect(told).toMatch(/^\{("status":("(ok|absent|refused|too_many|down)"|null))?\}$/);
  else if (command === "read") parseRead(String(params.read), result);
  else {
    expect(["begin", "updateStatus"]).toContain(command);
    expect(told).toBe("{}");
  }
}

function parseRead(name: string, { status, data, drift = [], ...more }: Record<string, unknown>): void {
  expect(more).toEqual({});
  expect(["ok", "absent", "refused", "too_many", "down"]).toContain(status);
  const read = Object.entries(reads).find(([label, one]) => declaredName(label, one) === name)?.[1];
  if (data !== null) fits(read?.shape, data);
  for (const { at, expected, seen, count, ...rest } of drift as Record<string, unknown>[]) {
    expect(rest).toEqual({});
    expect(at).toMatch(/^(the whole|\[\]|[a-z[\].*]{1,30})$/);
    expect(expected).toMatch(
      /^(JSON|list|object|id|money|held|same|handle|integer|time|date or null|Bill or Payment|at most \d+)$/,
    );
    expect(seen).toMatch(/^(absent|null|boolean|number|text|list|object|too many)$/);
    expect(Number.isInteger(count)).toBe(true);
  }
}

const leaves: Readonly<Record<string, RegExp>> = {
  id: /^"[A-Za-z0-9][A-Za-z0-9._:~=+-]{0,19}"$/,
  money: /^"-?(0|[1-9]\d{0,8})\.\d{2}"$/,
  date: /^"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"$/,
  time: /^"(19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"$/,
  integer: /^\d$/,
  held: /^true$/,
  same: /^(true|false)$/,
  handle: /^"h\d{1,4}"$/,
};

// biome-ignore lint/suspicious/noExplicitAny: the shape as JSON, read by keys alone
function fits(shape: any, value: unknown): void {
  if (shape.leaf) return expect(JSON.stringify(value)).toMatch(leaves[shape.leaf] as RegExp);
  if (shape.enum) return expect(shape.enum).toContain(value);
  if (shape.orNull) return value === null ? undefined : fits(shape.orNull, value);
  if (shape.anyOf) return value === null ? undefined : fits(shape.anyOf[0], value);
  if (shape.items) {
    expect(Array.isArray(value) && value.length <= shape.maxItems).toBe(true);
    for (const one of value as unknown[]) fits(shape.items, one);
    return undefined;
  }
  expect(Object.keys(value as object).sort()).toEqual(Object.keys(shape.properties).sort());
  for (const [key, inner] of Object.entries(shape.properties)) fits(inner, (value as Record<string, unknown>)[key]);
  return undefined;
}

/** What was done to the page: only what the manifest declares, and a commit only after the person's yes. */
function demandDeclared(deeds: readonly Deed[], commits: number): void {
  for (const deed of deeds) {
    if (deed.kind === "load") expect([`${origin}/bill/summary`, `${origin}/account`]).toContain(deed.url);
    else if (deed.kind === "request") {
      const { url, method, redirect, headers } = deed.request;
      expect(url).toMatch(/^https:\/\/www\.shop\.example\/api\/(bills|status|(b_1|b_2|7)\/bill\?id=(b_1|b_2|7))$/);
      expect([method, redirect]).toEqual([url.includes("/bill?") ? "POST" : "GET", "error"]);
      expect(Object.keys(headers).every((name) => name === "authorization" || name === "content-type")).toBe(true);
    } else if (deed.kind === "click")
      expect(["button.more >> nth=0", "button.more >> nth=1", "#save"]).toContain(deed.selector);
    else if (deed.kind === "fill") expect(deed.selector).toBe("#number");
    else if (deed.kind === "overlay") demandWords(deed);
    // What the device does for itself: to know the page's secrets, and to leave nothing selected after a person's turn.
    else expect(["storage", "deselect"]).toContain(deed.name);
  }
  const filled = deeds.flatMap((deed) => (deed.kind === "fill" ? [deed.value] : []));
  expect(new Set(filled).size).toBeLessThanOrEqual(1);
  const saved = deeds.filter((deed) => deed.kind === "click" && deed.selector === "#save").length;
  expect(saved).toBeLessThanOrEqual(Math.min(commits, 1));
}

function demandWords({ heading, subheading }: Extract<Deed, { kind: "overlay" }>): void {
  const own =
    /^(|Working on it|You will be asked when it is your turn|Passage then presses the site's button for you, once|Reading your bills|\d{1,6} so far|Save the card ending in .{4}\?)$/s;
  expect(heading).toMatch(own);
  expect(subheading).toMatch(own);
}

test("whatever a server sends and a site says, only declared leaves leave and only declared steps are taken", {
  timeout: 600_000,
}, async () => {
  const counted = { data: 0, committed: 0, answers: 0 };
  await fc.assert(
    fc.asyncProperty(world, acts, async (site, list) => {
      const device = new Device(site);
      let commits = 0;
      for (const act of list) {
        const before = device.frames.length;
        if (act.kind === "turn" && act.person === "userDone") commits += 1;
        await device.carryOut(act);
        const frames = device.frames.slice(before);
        expect(frames.length).toBe(1);
        for (const frame of frames) {
          parse(frame, act);
          expect(frame).not.toContain(canary);
          counted.answers += 1;
          if (/"data":[[{]/.test(frame)) counted.data += 1;
        }
      }
      const { deeds } = device.webview;
      counted.committed += deeds.some((deed) => deed.kind === "click" && deed.selector === "#save") ? 1 : 0;
      demandDeclared(deeds, commits);
    }),
    { numRuns: runs },
  );
  // The sequences reach what they are about.
  expect(counted.data).toBeGreaterThan(runs / 20);
  expect(counted.committed).toBeGreaterThan(runs / 20);
  expect(counted.answers).toBeGreaterThan(runs * 2);
});
