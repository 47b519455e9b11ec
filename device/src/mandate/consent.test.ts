import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { manifest, testPublisher } from "../../test/publisher.ts";
import { pageScript } from "../../test/rig.ts";
import { SessionServer } from "../../test/session-server.ts";
import { Site } from "../../test/site.ts";
import { type DeviceSettings, openDeviceThenClaim } from "../device.ts";
import { hostNames } from "../host-names.ts";
import { NoConsentError } from "./consent.ts";
import type { ConsentTerms } from "./consent-terms.ts";

let script: string;
let site: Site;
let publisher: Awaited<ReturnType<typeof testPublisher>>;
let server: SessionServer;
let stop: () => Promise<unknown> = async () => {};

beforeAll(async () => {
  [script, site, publisher] = await Promise.all([pageScript(), Site.open(), testPublisher()]);
  site.page("/orders", "<h1>Your orders</h1>");
});
afterEach(async () => {
  await stop();
  await server.die();
});
afterAll(() => site.close());

/** A device at a link of a test-mode server, with a person at the browser's debugging port. */
async function start(
  settings: Partial<DeviceSettings> = {},
  offered = manifest(),
  served = offered,
  { requestedBy = "Budget Buddy", websocketUrl = "", sessionServer = "" } = {},
) {
  server = await new SessionServer().open();
  server.manifests = [await publisher.sign(served)];
  server.sandbox = site.origin;
  const abort = new AbortController();
  const cdp = Promise.withResolvers<number | null>();
  let claims = 0;
  const offer = {
    server: server.url.replace("ws", "http"),
    ...(sessionServer && { sessionServer }),
    requestedBy,
    manifests: [await publisher.sign(offered)],
    sandbox: site.origin,
  };
  const claim = async () => {
    claims += 1;
    return {
      websocketUrl: websocketUrl || server.url,
      clientToken: "ct_secret",
      sessionId: "sess_test",
      expiresAt: Date.now() + 60_000,
    };
  };
  const ended = openDeviceThenClaim(
    { offer, claim },
    {
      headless: true,
      cdpPort: 0,
      publishers: publisher.file,
      pageScript: script,
      onReady: ({ cdpPort }) => cdp.resolve(cdpPort),
      signal: abort.signal,
      ...settings,
    },
  ).catch((error) => error);
  stop = async () => {
    server.end("complete");
    abort.abort();
    await ended;
  };
  const person = async () => {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await cdp.promise}`);
    const [page] = browser.contexts()[0]?.pages() ?? [];
    if (!page) throw new Error("The device has no window");
    return page;
  };
  return { ended, claims: () => claims, person, abort };
}

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof start>>["person"]>>;

/** Presses a button of the question: at the left No, at the right Yes. */
async function press(person: Person, at: 0.25 | 0.75): Promise<void> {
  const overlay = person.locator("passage-status:not([aria-busy])");
  await overlay.waitFor();
  const box = await overlay.boundingBox();
  if (!box) throw new Error("The question has no box");
  const card = Math.min(box.width - 24, 560);
  const pressed = person.mouse.click(box.x + (box.width - card) / 2 + card * at, box.y + box.height - 50);
  // A no closes the window, which may be before the browser has said that the press is done.
  await pressed.catch((error) => {
    if (at !== 0.25 || !/closed/.test(String(error))) throw error;
  });
}

async function wordsOf(person: Person): Promise<string> {
  const session = await person.context().newCDPSession(person);
  return JSON.stringify(await session.send("DOM.getDocument", { depth: -1, pierce: true }));
}

/** The others run in `npm run conformance`. */
const isWhole = process.env.PASSAGE_TESTS === "conformance";

test.each(isWhole ? hostNames : ["chromium" as const])(
  "%s: the person is asked in the window, and nothing is done before they agree",
  async (host) => {
    const { person, claims, ended } = await start({ host });
    const page = await person();
    await expect.poll(() => wordsOf(page)).toContain("“Budget Buddy” asks for The Shop");
    const words = await wordsOf(page);
    expect(words).toContain("Your orders: date and total of each");
    expect(words).toContain("It works on www.shop.com and login.shop.com only.");
    expect(words).toContain(`goes to ${new URL(server.url).host}`);
    expect(words).toContain("Test mode: pages of this machine stand in for The Shop");
    expect([claims(), server.messages.length, site.requests.length]).toEqual([0, 0, 0]);
    await press(page, 0.75);
    await server.hello();
    server.command("b", "begin", { operation: "order:read" });
    expect((await server.answer("b")).result).toEqual({});
    server.end("complete");
    expect((await ended).phase).toBe("complete");
  },
);

test("a no takes nothing: the link can still be opened", async () => {
  const { person, claims, ended } = await start();
  await press(await person(), 0.25);
  expect(await ended).toBeInstanceOf(NoConsentError);
  expect([claims(), server.messages.length]).toEqual([0, 0]);
});

test("a window that is closed, and a device that is stopped, are a no", async () => {
  const first = await start();
  await (await first.person()).close();
  expect(await first.ended).toBeInstanceOf(NoConsentError);
  await server.die();
  const { ended, abort, claims, person } = await start();
  await person();
  abort.abort();
  expect(await ended).toBeInstanceOf(NoConsentError);
  expect(claims()).toBe(0);
});

test("an app asks in its own window, with the same terms", async () => {
  const asked: ConsentTerms[] = [];
  const { ended } = await start({ consent: async (terms) => asked.push(terms) > 0 });
  await server.hello();
  server.end("complete");
  expect((await ended).phase).toBe("complete");
  expect(asked).toEqual([
    {
      providerName: "The Shop",
      requestedBy: "Budget Buddy",
      server: new URL(server.url).host,
      isLive: false,
      operations: [
        {
          sends: "Your orders: date and total of each",
          details: ["It works on www.shop.com and login.shop.com only."],
        },
      ],
    },
  ]);
});

test("a session that is not what was agreed to is refused, and the person hears why", async () => {
  const wider = manifest({ origins: ["https://www.shop.com", "https://login.shop.com", "https://a.com"] });
  const { ended } = await start({ consent: async () => true }, manifest(), wider);
  await server.hello();
  server.command("b", "begin", { operation: "order:read" });
  expect((await server.answer("b")).error?.code).toBe("manifest_untrusted");
  expect(await ended).toMatchObject({
    phase: "failed",
    error: { code: "manifest_untrusted", message: expect.stringContaining("not what you agreed to") },
  });
});

test("a session with another server than the one that was agreed to is refused before a word is said to it", async () => {
  const other = await new SessionServer().open();
  const { ended } = await start({ consent: async () => true }, undefined, undefined, { websocketUrl: other.url });
  expect(await ended).toMatchObject({ code: "manifest_untrusted", message: expect.stringContaining("another server") });
  expect(other.messages).toEqual([]);
  await other.die();
});

const addresses = [
  ["https://trusted.example", "Open the link at https://trusted.example."],
  ["javascript:alert(1)", "PUBLIC_URL is no address"],
  ["", ""],
] as const;

test.each(isWhole ? addresses : addresses.slice(0, 1))(
  "a link whose session would be at %j is not asked about and not taken",
  async (sessionServer, says) => {
    const asked: ConsentTerms[] = [];
    const { ended, claims } = await start({ consent: async (terms) => asked.push(terms) > 9 }, undefined, undefined, {
      sessionServer,
    });
    const end = await ended;
    if (says) expect(end).toMatchObject({ code: "manifest_untrusted", message: expect.stringContaining(says) });
    expect(asked.map(({ server: named }) => named)).toEqual(says ? [] : [new URL(server.url).host]);
    expect(claims()).toBe(0);
  },
);

test("a server's word for who asks is one short line in quotes, with nothing in it that does not show", async () => {
  const asked: ConsentTerms[] = [];
  const requestedBy = `Your bank”\n\u202e asks\u200b for "nothing\u2028${"long ".repeat(40)}`;
  const { ended } = await start({ consent: async (terms) => asked.push(terms) > 9 }, undefined, undefined, {
    requestedBy,
  });
  expect(await ended).toBeInstanceOf(NoConsentError);
  expect(asked[0]?.requestedBy).toBe(`Your bank asks for nothing ${"long ".repeat(6)}lo…`);
  expect(asked[0]?.requestedBy).toHaveLength(60);
});

test.runIf(isWhole)("terms that are longer than the window are agreed to once their end was seen", async () => {
  const places = Array.from(
    { length: 60 },
    (_, at) => `https://place-${at}.where-orders-are-kept-for-all-who-ever-bought.shop.com`,
  );
  const origins = ["https://www.shop.com", "https://login.shop.com", ...places];
  const { person, claims, ended } = await start({}, manifest({ origins }));
  const page = await person();
  await page.setViewportSize({ width: 360, height: 420 });
  await expect.poll(() => wordsOf(page)).toContain("Read on");
  let presses = 0;
  while ((await wordsOf(page)).includes("Read on")) {
    await press(page, 0.75);
    presses += 1;
    expect(claims()).toBe(0);
  }
  expect(presses).toBeGreaterThan(1);
  await press(page, 0.75);
  await expect.poll(claims).toBe(1);
  await expect.poll(() => wordsOf(page)).toContain("Opening The Shop");
  server.end("complete");
  await ended;
});

test("what nobody signed is not asked about", async () => {
  const stranger = await testPublisher();
  const { ended, claims } = await start({ publishers: stranger.file });
  expect(await ended).toMatchObject({ code: "manifest_untrusted" });
  expect(claims()).toBe(0);
});
