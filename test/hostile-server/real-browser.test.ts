import { readFileSync } from "node:fs";
import { LocalDevice } from "@passage/device/local-device";
import { sandboxTwin } from "@passage/protocol/sandbox-twin";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runSandbox } from "../../sandbox/src/testing/run-workerd.ts";
import { goodCode, goodPassword } from "../../sandbox/src/users.ts";
import { Random } from "../chaos/random.ts";
import { nameOf } from "./declared-names.ts";
import { DeedsJudge } from "./deeds-judge.ts";
import { FrameParser } from "./frame-parser.ts";
import { demand, type Move } from "./move.ts";
import { startRelabellingProxy } from "./relabelling-proxy.ts";
import { ServerMoves } from "./server-moves.ts";
import { catalog } from "./sessions.ts";

/** A hostile server, a real browser, a real site, and a person who signs in there with secrets that exist nowhere else. */
const many = Number(process.env.PASSAGE_HOSTILE_MANY ?? 300);
const first = Number(process.env.PASSAGE_HOSTILE_FIRST ?? Math.floor(Math.random() * 1e9));
const secrets = { password: "Wq7-plum-Harbor-93x", code: "804517" };
const { commands } = JSON.parse(readFileSync("protocol/src/schema.json", "utf8")) as { commands: object };

let sandbox: Awaited<ReturnType<typeof runSandbox>>;
let proxy: Awaited<ReturnType<typeof startRelabellingProxy>>;
let device: LocalDevice;
let browser: Browser;
let person: Page;
beforeAll(async () => {
  sandbox = await runSandbox();
  const known = [
    [secrets.password, goodPassword],
    [secrets.code, goodCode],
  ] as const;
  proxy = await startRelabellingProxy(sandbox.port, new Map(known));
  device = await LocalDevice.open({ headless: true, cdpPort: 0, manifest: { origins: [], signIn: [] } });
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${device.cdpPort}`);
  person = browser.contexts()[0]?.pages()[0] as Page;
});
afterAll(async () => {
  await browser.close();
  await device.close();
  proxy.close();
  await sandbox.stop();
});

const manifests = [...catalog()].filter(([key]) => key.startsWith("tmobile/")).map(([, manifest]) => manifest);
const tally = { frames: 0, reads: 0, refused: 0, turns: 0, typed: 0 };

/** Goes on with the sign-in wherever it stands, by trusted input. */
async function signsIn(until: AbortSignal): Promise<void> {
  const steps: readonly (readonly [field: string, value: string | null, button: string])[] = [
    ["input#usernameTextBox", "user_good", "button#lp1-next-btn"],
    ["input#passwordTextBox", secrets.password, "button#lp2-login-btn"],
    ['input[value="sms"]', null, "button.continue-btn"],
    ['input[autocomplete="one-time-code"]', secrets.code, "button.continue-action-btn"],
  ];
  while (!until.aborted && !person.url().includes("//www.")) {
    for (const [field, value, button] of steps) {
      const place = person.locator(`${field}:visible`).first();
      if (until.aborted || !(await place.isVisible())) continue;
      await place.click({ timeout: 500 });
      if (value !== null && (await place.inputValue()) === "") {
        await person.keyboard.type(value);
        tally.typed += 1;
      }
      await person.locator(button).first().click({ timeout: 500 });
    }
    await person.waitForTimeout(20);
  }
}

/** Sends the move, and while the person has the page lets them go on. The frame as it left. */
async function play(id: string, move: Move): Promise<string> {
  if (move.kind === "command") {
    const { command, params } = move;
    return JSON.stringify(await device.ask({ type: "server.command", id, command, params }));
  }
  const { conditions, status, match } = move;
  const request = { id, conditions, status, match, timeout: 4_000 } as never;
  const answered = device.ask({ type: "server.set_interactive", interactive: true, yield: request });
  const over = new AbortController();
  // What they were about to press may leave the page at that moment.
  const person = signsIn(over.signal).catch(() => {});
  const answer = await answered;
  over.abort();
  await person;
  return JSON.stringify(answer);
}

async function playSequence(seed: number): Promise<void> {
  const random = new Random(seed);
  const session = { name: "tmobile", manifests: [random.pick(manifests)] };
  const place = (url: string) => sandboxTwin(url, `http://localhost:${proxy.port}`);
  device.hold({
    origins: session.manifests.flatMap(({ origins }) => origins.map(place)),
    signIn: session.manifests.flatMap(({ signIn }) => signIn.map(place)),
    declares: session.manifests[0],
    place,
    account: { salt: "5a".repeat(32), provider: "tmobile" },
  });
  if (random.chance(0.3)) await browser.contexts()[0]?.clearCookies();
  const parser = new FrameParser(session);
  const judge = new DeedsJudge(session, new Map());
  const server = new ServerMoves(random, session, Object.keys(commands), judge.learnt, { timeout: 600 });
  const moves: Move[] = [...signInMoves(session.manifests[0] as never)];
  for (let left = 4; left > 0; left--) moves.push(server.next());
  const played: Move[] = [];
  try {
    for (const [index, move] of moves.entries()) {
      played.push(move);
      const frame = await play(`${move.kind === "turn" ? "y" : "r"}${seed}${index}`, move);
      const said = parser.answer(frame, move);
      const refused = judge.mustRefuse(move);
      demand(refused === null || said.kind === "error", `${refused}, and it was done`);
      judge.judge(move, said, [], person.url());
      for (const secret of Object.values(secrets)) demand(!frame.includes(secret), "a frame has what the person typed");
      tally.frames += 1;
      if (said.kind === "error") tally.refused += 1;
      if (said.kind === "read" && said.data) tally.reads += 1;
      if (said.kind === "turn") tally.turns += 1;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Property failed in sequence ${seed}: ${why}\n${played.map((one) => JSON.stringify(one)).join("\n")}`,
    );
  }
}

/** Opens the account, where the site may ask for a sign-in, and gives the person the page. */
function signInMoves(manifest: (typeof manifests)[number]): Move[] {
  const named = (label: string) => nameOf(label, manifest.steps[label]);
  const behind = Object.entries(manifest.steps).find(([label, step]) => "go" in step && label !== "account")?.[0] ?? "";
  const conditions = ["signedIn", "trouble1"].map((label) => ({ type: "step", step: named(label) }));
  return [
    { kind: "command", command: "begin", params: { operation: `${manifest.resource}:${manifest.action}` } },
    { kind: "command", command: "step", params: { step: named("account"), timeout: 8_000 } },
    { kind: "turn", conditions, status: {}, match: "any", says: null, meanwhile: [] },
    {
      kind: "command",
      command: "step",
      params: { step: named(behind), timeout: 8_000 },
    },
    {
      kind: "command",
      command: "read",
      params: { read: nameOf(...(Object.entries(manifest.reads)[0] as [string, object])), timeout: 4_000 },
    },
  ];
}

test("while a person signs in at a real site, no frame has anything that is not declared", {
  timeout: 3_600_000,
}, async () => {
  for (let seed = first; seed < first + many; seed++) await playSequence(seed);
  console.log(JSON.stringify({ first, many, ...tally }));
  expect(tally.reads).toBeGreaterThan(many / 10);
  expect(tally.turns).toBeGreaterThan(many / 2);
  expect(tally.refused).toBeGreaterThan(many / 2);
  expect(proxy.met).toEqual(new Set(Object.values(secrets)));
});
