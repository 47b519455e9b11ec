import { writeFileSync } from "node:fs";
import type { PublisherKey } from "@passage/protocol/http/publishers";
import type { OperationManifest } from "@passage/protocol/manifest";
import type { ServerMessage } from "@passage/protocol/session";
import { beforeAll, describe, expect, test } from "vitest";
import { manifest, oldManifest, testPublisher } from "../../test/publisher.ts";
import type { AcceptedManifest } from "./freshness.ts";
import { accountBinding, type MandateTerms, readMandate } from "./mandate.ts";
import { Publishers } from "./publishers.ts";
import type { Trust } from "./trust.ts";

type Hello = Extract<ServerMessage, { type: "server.hello" }>;

let ours: Awaited<ReturnType<typeof testPublisher>>;
let others: Awaited<ReturnType<typeof testPublisher>>;
let publishers: Publishers;

beforeAll(async () => {
  [ours, others] = await Promise.all([testPublisher(), testPublisher()]);
  publishers = await Publishers.read([], ours.file);
});

function read(hello: Partial<Hello>, terms: Partial<MandateTerms> = {}) {
  return readMandate(
    {
      type: "server.hello",
      protocol: 1,
      session: { id: "sess_1", phase: "active", expiresAt: 1, clientConnected: true, workerConnected: true },
      lastClientSeq: 0,
      ...hello,
    },
    { publishers, websocketUrl: "wss://passage.example/x", developer: false, agreed: undefined, ...terms },
  );
}

test("the union of the operations' manifests is what the session may do", async () => {
  const more = manifest({
    resource: "invoice",
    origins: ["https://bills.shop.com"],
    signIn: [],
  });
  const mandate = await read({ manifests: [await ours.sign(manifest()), await ours.sign(more)] });
  expect(mandate).toMatchObject({
    origins: ["https://www.shop.com", "https://login.shop.com", "https://bills.shop.com"],
    signIn: ["https://login.shop.com"],
  });
  expect(mandate.operations.map(({ sends }) => sends)).toHaveLength(2);
});

describe("codes for accounts", () => {
  const reads = {
    owner: {
      source: "request",
      what: "a code for your account",
      on: { origin: "https://www.shop.com", path: "/" },
      method: "GET",
      path: "/owner",
      shape: { leaf: "accountId" },
    },
  } as const;
  const salt = "5a".repeat(32);

  test("are made with the server's salt and the provider", async () => {
    const manifests = [await ours.sign(manifest({ reads }))];
    expect(accountBinding(await read({ manifests }), { accountSalt: salt })).toEqual({ salt, provider: "shop" });
    const none = await read({ manifests: [await ours.sign(manifest())] });
    expect(accountBinding(none, { accountSalt: "anything" })).toBe(undefined);
  });

  test.each([undefined, "", "5a", salt.toUpperCase(), `${salt}5a`, ` ${salt}`, `${salt}\n`])(
    "are not made with the salt %j",
    async (accountSalt) => {
      const mandate = await read({ manifests: [await ours.sign(manifest({ reads }))] });
      expect(() => accountBinding(mandate, { accountSalt })).toThrow("no proper salt (accountSalt)");
    },
  );

  test("are of version 2 of the leaves; a manifest of version 1 without them is taken as before", async () => {
    const older = await read({ manifests: [await ours.sign(manifest({ v: 1 }))] });
    expect(older.operations).toMatchObject([{ v: 1 }]);
    const manifests = [await ours.sign(manifest({ v: 1, reads }))];
    await expect(read({ manifests })).rejects.toMatchObject({ code: "manifest_untrusted" });
  });
});

describe("injection scripts", () => {
  test.each([
    ["none", []],
    ["names", ["telemetry", "network", "console", "interaction"]],
    [
      "names with versions",
      [{ name: "telemetry", version: 3 }, { name: "network", version: "2026-01" }, { name: "console" }],
    ],
  ])("%s are taken", async (_name, injectionScripts) => {
    const { operations } = await read({ injectionScripts }, { developer: true });
    expect(operations).toEqual([]);
  });

  test.each([
    ["code", "document.body.innerHTML"],
    ["an unknown name", "keylogger"],
    ["a name in another case", "Telemetry"],
    ...["source", "code", "script", "content", "url", "expression", "javascript"].map((field): [string, unknown] => [
      `a known name with a ${field}`,
      { name: "telemetry", [field]: "1" },
    ]),
    ["an object without a name", { source: "1" }],
    ["a version that is no version", { name: "telemetry", version: { source: "1" } }],
    ["a list", ["telemetry"]],
    ["null", null],
  ])("%s refuses the session, a signed one too", async (_name, script) => {
    const manifests = [await ours.sign(manifest())];
    for (const hello of [{}, { manifests }])
      await expect(
        read({ ...hello, injectionScripts: ["telemetry", script] }, { developer: true }),
      ).rejects.toMatchObject({
        code: "manifest_untrusted",
        message: expect.stringContaining("sent code to run in the page"),
      });
  });
});

describe("nothing is believed that a trusted publisher did not sign", () => {
  const wider: Partial<OperationManifest> = { origins: ["https://www.shop.com", "https://evil.example"] };
  const cases: [string, () => Promise<string> | string, RegExp][] = [
    ["another publisher's", () => others.sign(manifest()), /does not trust/],
    ["another's, under our key's name", async () => others.sign(manifest(), { kid: await kidOf(ours) }), /broken/],
    ["a payload that was changed", async () => withPayload(await ours.sign(manifest()), manifest(wider)), /broken/],
    ["a signature over something else", () => ours.sign(manifest(), { typ: "JWT" }), /not a manifest/],
    ["no manifest at all", () => ours.sign({ origins: ["https://evil.example"] }), /no manifest/],
    ["one of the kind that listed commands", () => ours.sign(oldManifest()), /older kind.*the server must be updated/],
    ["without a signature", async () => (await ours.sign(manifest())).replace(/\.[^.]*$/, "."), /broken/],
    ["alg none", () => unsigned(manifest()), /does not trust/],
    ["plain JSON", () => JSON.stringify(manifest()), /not signed/],
    ["an empty text", () => "", /not signed/],
    ["a key's name that is no text", () => `${encode({ alg: "ES256", kid: 5 })}.${encode({})}.AAAA`, /does not trust/],
    ["a header that is no object", () => `${encode(null)}.${encode({})}.AAAA`, /not signed|does not trust/],
  ];
  test.each(cases)("%s", async (_name, signed, why) => {
    const refused = await read({ manifests: [await signed()] }).catch((error) => error);
    expect(refused).toMatchObject({ code: "manifest_untrusted", message: expect.stringMatching(why) });
    // One good manifest beside it does not help.
    await expect(read({ manifests: [await ours.sign(manifest()), await signed()] })).rejects.toThrow(why);
  });

  test("a publisher that the owner added is believed too", async () => {
    const both = await Publishers.read([others.file], ours.file);
    const manifests = [await others.sign(manifest())];
    expect((await read({ manifests }, { publishers: both })).operations).toHaveLength(1);
    const broken = `${ours.file}.broken`;
    writeFileSync(broken, '{"kty":"RSA"}');
    await expect(Publishers.read([broken], ours.file)).rejects.toThrow("holds no public key");
    await expect(Publishers.read([], "/nowhere")).rejects.toThrow("npm run build");
  });
});

describe("a session that declares nothing", () => {
  test("is refused for a link", async () => {
    await expect(read({})).rejects.toMatchObject({ code: "manifest_untrusted" });
    await expect(read({ manifests: [] })).rejects.toMatchObject({ code: "manifest_untrusted" });
  });

  test("is a developer's own, where the person came for one", async () => {
    expect(await read({}, { developer: true })).toMatchObject({ operations: [], origins: undefined });
  });

  test("one that declares is held to it there too", async () => {
    const manifests = [await others.sign(manifest())];
    await expect(read({ manifests }, { developer: true })).rejects.toThrow("does not trust");
  });
});

test("an operation is named once: of two signed versions, a server cannot add the one to the other", async () => {
  const other = manifest({ version: 2, origins: ["https://old.shop.com"], signIn: [] });
  const manifests = await Promise.all([manifest(), other].map((one) => ours.sign(one)));
  await expect(read({ manifests })).rejects.toThrow("names an operation twice");
  await expect(read({ manifests: [manifests[0], manifests[0]] as string[] })).rejects.toThrow(
    "names an operation twice",
  );
});

test("what the person agreed to, and nothing else", async () => {
  const signed = await ours.sign(manifest());
  const agreed = { server: "https://passage.example", manifests: [signed], sandbox: null };
  expect((await read({ manifests: [await ours.sign(manifest())] }, { agreed })).operations).toHaveLength(1);
  const cards = await ours.sign(manifest({ resource: "card", action: "write", sends: "Your card number" }));
  const wider = await ours.sign(
    manifest({ origins: ["https://www.shop.com", "https://login.shop.com", "https://a.com"] }),
  );
  for (const manifests of [[signed, cards], [cards], [wider]])
    await expect(read({ manifests }, { agreed })).rejects.toThrow("not what you agreed to");
  const sandbox = "http://localhost:8787";
  const here = { websocketUrl: "ws://localhost:1/x" };
  const local = { ...agreed, server: "http://localhost:1" };
  await expect(read({ manifests: [signed], sandbox }, { agreed: local, ...here })).rejects.toThrow(
    "agreed to it in live mode",
  );
  const tried = { ...agreed, sandbox: "http://localhost:1" };
  await expect(read({ manifests: [signed] }, { agreed: tried })).rejects.toThrow("agreed to it in test mode");
  const there = { agreed: { ...local, sandbox: "http://localhost:1" }, ...here };
  await expect(read({ manifests: [signed], sandbox }, there)).rejects.toThrow("with another sandbox");
  for (const server of ["https://passage.example.net", "http://passage.example", "https://passage.example:8443"])
    await expect(read({ manifests: [signed] }, { agreed: { ...agreed, server } })).rejects.toThrow("another server");
  const elsewhere = await ours.sign(manifest({ provider: "bank", resource: "card" }));
  await expect(read({ manifests: [signed, elsewhere] })).rejects.toThrow("more than one service");
});

describe("sandbox twins", () => {
  const sandbox = "http://localhost:8787";
  test.each(["ws://localhost:8787/x", "ws://127.0.0.1:1/x", "ws://[::1]:1/x", "ws://a.localhost/x"])(
    "a server at %s has them",
    async (websocketUrl) => {
      const mandate = await read({ manifests: [await ours.sign(manifest())], sandbox }, { websocketUrl });
      expect(mandate.origins).toEqual(["http://www.shop.localhost:8787", "http://login.shop.localhost:8787"]);
      expect(mandate.signIn).toEqual(["http://login.shop.localhost:8787"]);
    },
  );

  test.each([
    ["a public server", "wss://passage.example/x", sandbox],
    ["a name that only begins like it", "wss://localhost.evil.example/x", sandbox],
    ["a number that only begins like it", "wss://127.0.0.1.evil.example/x", sandbox],
    ["a public sandbox", "ws://localhost:1/x", "https://evil.example"],
  ])("%s has none", async (_name, websocketUrl, place) => {
    const hello = { manifests: [await ours.sign(manifest())], sandbox: place };
    await expect(read(hello, { websocketUrl })).rejects.toMatchObject({ code: "manifest_untrusted" });
  });

  test("an origin without a name has none", async () => {
    const hello = { manifests: [await ours.sign(manifest({ origins: ["https://203.0.113.9"] }))], sandbox };
    await expect(read(hello, { websocketUrl: "ws://localhost:1/x" })).rejects.toThrow("no place in a sandbox");
  });
});

/** What a device keeps, in memory; a server publishes `published`. */
function keeping(published: readonly PublisherKey[] = [], refusals: Record<string, string> = {}) {
  const accepted = new Map<string, AcceptedManifest>();
  const asked: string[] = [];
  const trust: Trust = {
    added: [],
    refusal: async (thumbprint) => refusals[thumbprint] ?? null,
    published: async (server) => {
      asked.push(server);
      return published;
    },
    newest: (thumbprint, operation) => accepted.get(`${thumbprint} ${operation}`),
    accept: (thumbprint, operation, manifest) => void accepted.set(`${thumbprint} ${operation}`, manifest),
  };
  return { trust, accepted, asked };
}

describe("a sandbox on this machine takes any publisher", () => {
  const hello = async (publisher = others, header = {}) => ({
    manifests: [await publisher.sign(manifest(), header)],
    sandbox: "http://localhost:8787",
  });
  const websocketUrl = "ws://localhost:8787/x";
  const device = async (kept: ReturnType<typeof keeping>) => Publishers.read([], ours.file, kept.trust);

  test("whose key its server publishes, and says so in one line", async () => {
    const kept = keeping([others.published]);
    const lines: string[] = [];
    const terms = { publishers: await device(kept), websocketUrl, onLog: (line: string) => lines.push(line) };
    expect((await read(await hello(), terms)).operations).toHaveLength(1);
    expect(lines).toEqual([
      `Signed by a publisher that this device does not know (thumbprint ${others.thumbprint}): accepted, as this is test mode on this machine, which reaches no real site`,
    ]);
    expect(kept.asked).toEqual(["http://localhost:8787"]);
    expect(kept.accepted.size).toBe(0);
  });

  test("one that it knows needs no line, and is not asked for", async () => {
    const kept = keeping();
    const lines: string[] = [];
    const terms = { publishers: await device(kept), websocketUrl, onLog: (line: string) => lines.push(line) };
    await read(await hello(ours), terms);
    expect([lines, kept.asked]).toEqual([[], []]);
  });

  const refused: [string, () => PublisherKey[], Record<string, string>, RegExp][] = [
    ["a key that its server does not publish", () => [ours.published], {}, /its server does not publish/],
    ["a key under the name of another", () => [{ ...ours.published, kid: others.thumbprint }], {}, /does not publish/],
    [
      "a revoked key",
      () => [{ ...others.published, revoked: true, revokedAt: 1_790_000_000 }],
      {},
      /revoked on 2026-09-21/,
    ],
    [
      "a key that the owner has removed",
      () => [others.published],
      { removed: "You have removed it" },
      /You have removed it/,
    ],
  ];
  test.each(refused)("but not %s", async (_name, published, refusals, why) => {
    const words = refusals.removed ? { [others.thumbprint]: refusals.removed } : {};
    const terms = { publishers: await device(keeping(published(), words)), websocketUrl };
    await expect(read(await hello(), terms)).rejects.toThrow(why);
  });

  test("nor a signature that is not of the published key", async () => {
    const publishers = await device(keeping([others.published]));
    const forged = await hello(ours, { kid: others.thumbprint });
    await expect(read(forged, { publishers, websocketUrl })).rejects.toThrow("signature is broken");
  });

  test("and a server elsewhere, or live mode, is not even asked", async () => {
    const kept = keeping([others.published]);
    const publishers = await device(kept);
    const { manifests } = await hello();
    const add = "run: passage trust add ";
    await expect(read({ manifests }, { publishers, websocketUrl })).rejects.toThrow(`${add}http://localhost:8787`);
    await expect(read({ manifests }, { publishers })).rejects.toThrow(`${add}https://passage.example`);
    await expect(read(await hello(), { publishers })).rejects.toThrow("only a server on this machine");
    expect(kept.asked).toEqual([]);
  });
});

describe("a manifest's dates", () => {
  const now = Math.floor(Date.now() / 1000);
  const dayLength = 86_400;
  const dated = (issuedAt: number, parts: Partial<OperationManifest> = {}) =>
    ours.sign(manifest({ issuedAt, expiresAt: now + dayLength, ...parts }));

  test("an expired one is refused, in a sandbox too", async () => {
    const manifests = [await dated(now - 3 * dayLength, { expiresAt: now - 1 })];
    await expect(read({ manifests })).rejects.toThrow(/It expired on [\d-]{10}: the server must be updated\./);
    const here = { manifests, sandbox: "http://localhost:1" };
    await expect(read(here, { websocketUrl: "ws://localhost:1/x" })).rejects.toThrow("It expired on");
  });

  test("one of a day that is not yet is refused; a clock may differ by less", async () => {
    const ahead = [await dated(now + 2 * dayLength, { expiresAt: now + 9 * dayLength })];
    await expect(read({ manifests: ahead })).rejects.toThrow("which is not yet");
    await expect(read({ manifests: [await dated(now + 600)] })).resolves.toMatchObject({ isLive: true });
  });

  test("one without dates is of an older kind", async () => {
    const { issuedAt, expiresAt, ...undated } = manifest();
    await expect(read({ manifests: [await ours.sign(undated)] })).rejects.toThrow(/older kind.*must be updated/);
  });

  const other = { sends: "Your orders and their places" };
  const steps: [string, Partial<OperationManifest>, RegExp | null][] = [
    ["a newer one", { issuedAt: now + 1, ...other }, null],
    ["the same again", {}, null],
    ["the same of another build", { issuedAt: now - 100 }, null],
    ["a newer version of the same second", { version: 3, ...other }, null],
    ["an older one that says something else", { issuedAt: now - 100, ...other }, /It is older \(version 2 of/],
    ["an older version, signed now", { version: 1, issuedAt: now + 1, ...other }, /accepted before \(version 2 of/],
    ["another operation's older one", { resource: "invoice", version: 1, issuedAt: now - 100 }, null],
  ];
  test.each(steps)("after version 2 of now: %s", async (_name, parts, why) => {
    const kept = keeping();
    const publishers = await Publishers.read([others.file], ours.file, kept.trust);
    (await read({ manifests: [await dated(now, { version: 2 })] }, { publishers })).accept();
    const before = new Map(kept.accepted);
    const next = read({ manifests: [await dated(now, { version: 2, ...parts })] }, { publishers });
    if (!why) return expect((await next).operations).toHaveLength(1);
    await expect(next).rejects.toThrow(why);
    expect(kept.accepted).toEqual(before);
    // Another publisher's key is counted for itself.
    const theirs = await others.sign(manifest({ version: 1, issuedAt: now - 100, ...parts }));
    expect((await read({ manifests: [theirs] }, { publishers })).operations).toHaveLength(1);
  });

  test("after the same of an older build, one in between is older still", async () => {
    const { trust } = keeping();
    const publishers = await Publishers.read([], ours.file, trust);
    for (const issuedAt of [now, now - 100])
      (await read({ manifests: [await dated(issuedAt)] }, { publishers })).accept();
    await expect(read({ manifests: [await dated(now - 50, other)] }, { publishers })).rejects.toThrow("It is older");
  });

  test("what is only offered is not noted: a newer one that nobody agreed to keeps no older one out", async () => {
    const kept = keeping();
    const publishers = await Publishers.read([], ours.file, kept.trust);
    await read({ manifests: [await dated(now, { version: 9 })] }, { publishers });
    expect(kept.accepted.size).toBe(0);
    (await read({ manifests: [await dated(now - 100, { version: 2 })] }, { publishers })).accept();
    expect(kept.accepted.size).toBe(1);
  });

  test("what is refused for another reason is not noted", async () => {
    const kept = keeping();
    const publishers = await Publishers.read([], ours.file, kept.trust);
    const other = await ours.sign(manifest({ resource: "invoice" }));
    const agreed = { server: "https://passage.example", manifests: [other], sandbox: null };
    await expect(read({ manifests: [await dated(now)] }, { publishers, agreed })).rejects.toThrow(
      "not what you agreed",
    );
    expect(kept.accepted.size).toBe(0);
  });
});

test("a key that one list revokes no other one brings back", async () => {
  const file = `${ours.file}.revoked`;
  writeFileSync(file, JSON.stringify({ keys: [{ ...ours.published, revoked: true, revokedAt: 1_790_000_000 }] }));
  for (const lists of [
    { trusted: [file], own: ours.file },
    { trusted: [ours.file], own: file },
  ]) {
    const revoking = await Publishers.read(lists.trusted, lists.own);
    await expect(read({ manifests: [await ours.sign(manifest())] }, { publishers: revoking })).rejects.toThrow(
      "Its publisher's key (The Test) was revoked on 2026-09-21: the server must be updated.",
    );
  }
});

async function kidOf(publisher: typeof ours): Promise<string> {
  const [header = ""] = (await publisher.sign(manifest())).split(".");
  return JSON.parse(Buffer.from(header, "base64url").toString()).kid;
}

function withPayload(signed: string, payload: unknown): string {
  const [header, , signature] = signed.split(".");
  return [header, encode(payload), signature].join(".");
}

async function unsigned(payload: unknown): Promise<string> {
  return `${encode({ alg: "none", typ: "passage-manifest" })}.${encode(payload)}.`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
