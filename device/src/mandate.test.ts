import { writeFileSync } from "node:fs";
import type { OperationManifest } from "@passage/protocol/manifest";
import type { ServerMessage } from "@passage/protocol/session";
import { beforeAll, describe, expect, test } from "vitest";
import { manifest, oldManifest, testPublisher } from "../test/publisher.ts";
import { type MandateTerms, readMandate } from "./mandate.ts";
import { Publishers } from "./publishers.ts";

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

test("no more than the person agreed to", async () => {
  const agreed = [{ provider: "shop", resource: "order", action: "read" }];
  expect((await read({ manifests: [await ours.sign(manifest())] }, { agreed })).operations).toHaveLength(1);
  const cards = manifest({ resource: "card", action: "write", sends: "Your card number" });
  const both = { manifests: [await ours.sign(manifest()), await ours.sign(cards)] };
  await expect(read(both, { agreed })).rejects.toThrow("It would also send: Your card number.");
  const elsewhere = manifest({ provider: "bank", resource: "card" });
  await expect(read({ manifests: [await ours.sign(manifest()), await ours.sign(elsewhere)] })).rejects.toThrow(
    "more than one service",
  );
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
