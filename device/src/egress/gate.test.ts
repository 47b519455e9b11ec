import type { ClientMessage } from "@passage/protocol/session";
import { describe, expect, test } from "vitest";
import type { Incident } from "../incident.ts";
import { Egress } from "./gate.ts";
import { PrivatePhase } from "./private-phase.ts";
import { matchable, placeOf, publicUrl } from "./public-url.ts";
import { answerShape, batchShape, yieldShape } from "./shapes.ts";
import { Telemetry } from "./telemetry.ts";

function gate() {
  const privacy = new PrivatePhase(() => "https://a.example/");
  const sent: unknown[] = [];
  const frames: string[] = [];
  const refused: string[] = [];
  const egress = new Egress(privacy, { onFrame: (text) => frames.push(text), onRefused: (what) => refused.push(what) });
  egress.attach((text) => sent.push(text === "ping" ? text : JSON.parse(text)) > 0);
  return { egress, privacy, sent, frames, refused };
}
const answer = (id: string, result: unknown) => ({ type: "client.command_response" as const, id, result });
const failure = (id: string, code: string, details = {}) =>
  ({ type: "client.command_response", id, error: { code, message: "m", details } }) as ClientMessage;

describe("the egress gate", () => {
  test("drops what is not declared, at every level", () => {
    const { egress, sent } = gate();
    egress.send(
      { ...answer("c1", { url: "https://a.example/", status: 200, html: "<p>" }), cookies: "a=b" } as never,
      answerShape("navigate"),
    );
    egress.send(failure("c2", "timeout", { log: ["line"], html: "<p>", url: "https://a.example/p?token=1#x" }));
    egress.send({
      type: "client.hello",
      protocol: 1,
      token: "secret",
      device: { kind: "x", userAgent: "y", name: "Ada's phone" },
    } as never);
    expect(sent).toEqual([
      { type: "client.command_response", id: "c1", result: { url: "https://a.example/", status: 200 } },
      {
        type: "client.command_response",
        id: "c2",
        error: { code: "timeout", message: "m", details: { log: ["line"], url: "https://a.example/p" } },
      },
      { type: "client.hello", protocol: 1, device: { kind: "x", userAgent: "y" } },
    ]);
  });

  test("refuses results without a shape, unknown events, codes and types", () => {
    const { egress, sent } = gate();
    expect(() => egress.send(answer("c1", { anything: 1 }))).toThrow("declared shape");
    const event = { type: "page.storage", ts: 1, source: "device", payload: { html: "<p>" } };
    expect(() => egress.send({ type: "client.events", clientSeq: 1, events: [event] })).toThrow("page.storage");
    expect(() => egress.send(failure("c1", "made_up"))).toThrow();
    expect(() => egress.send({ type: "client.upload", html: "<p>" } as never)).toThrow();
    expect(sent).toEqual([]);
  });

  test("navigation events carry origin and path", () => {
    const { egress, sent } = gate();
    const payload = { url: "https://a.example/in?code=1#t", isMainFrame: true, title: "Ada" };
    egress.send({
      type: "client.events",
      clientSeq: 1,
      events: [{ type: "navigation", ts: 1, source: "device", payload }],
    });
    expect(sent).toMatchObject([{ events: [{ payload: { url: "https://a.example/in", isMainFrame: true } }] }]);
    expect(JSON.stringify(sent)).not.toMatch(/code|Ada/);
  });

  test("in a private phase content is refused by its shape, whoever asked", () => {
    const { egress, privacy, sent, refused } = gate();
    privacy.fieldsSeen({ document: "d", kinds: ["password"] });
    const content = {
      evaluate: { value: "secret" },
      textContent: { text: "secret" },
      getAttribute: { value: "secret" },
      innerHTML: { html: "secret" },
      title: { title: "secret" },
      content: { html: "secret" },
      screenshot: { data: "secret", format: "png", width: 1, height: 1 },
    } as const;
    for (const [name, result] of Object.entries(content)) {
      egress.send(answer(name, result), answerShape(name as keyof typeof content));
      expect(sent.at(-1)).toMatchObject({
        id: name,
        error: {
          code: "blocked_private",
          details: { reason: "sensitive_field" },
          message: expect.stringMatching("password"),
        },
      });
    }
    egress.send(
      answer("batch", { results: [{ result: {} }, { result: { text: "secret" } }] }),
      batchShape([answerShape("click"), answerShape("textContent")]),
    );
    expect(sent.at(-1)).toMatchObject({ id: "batch", error: { code: "blocked_private" } });
    expect(refused).toHaveLength(8);
    expect(JSON.stringify([sent, refused])).not.toMatch(/: ?"secret"/);
  });

  test("in a private phase status, places and booleans pass, and errors without the page's words", () => {
    const { egress, privacy, sent } = gate();
    privacy.handOver(true);
    const url = "https://a.example/u/84651234/home?code=secret#secret";
    const matches = ['<b id="secret">secret</b>', '<div name="secret" role="button">secret</div>'];
    egress.send(answer("1", {}), answerShape("updateStatus"));
    egress.send(answer("2", { visible: true }), answerShape("isVisible"));
    egress.send(answer("3", { url, status: 200 }), answerShape("navigate"));
    egress.send(failure("4", "user_in_control"));
    egress.send({
      type: "client.command_response",
      id: "5",
      error: { code: "strict_violation", message: "secret", details: { matches, log: ["secret"], url } },
    });
    egress.send(
      answer("6", { results: [{ result: { url } }, { error: { code: "timeout", message: "secret" } }] }),
      batchShape([answerShape("url"), null]),
    );
    egress.send({
      type: "client.events",
      clientSeq: 1,
      events: [{ type: "navigation", ts: 1, source: "device", payload: { url, isMainFrame: true } }],
    });
    egress.send({ type: "client.hello" });
    const place = "https://a.example/u/:id/home";
    expect(sent).toMatchObject([
      { result: {} },
      { result: { visible: true } },
      { result: { url: place, status: 200 } },
      { error: { code: "user_in_control", message: "m" } },
      { error: { code: "strict_violation", details: { matches: ["<b>", '<div role="button">'], url: place } } },
      { result: { results: [{ result: { url: place } }, { error: { code: "timeout" } }] } },
      { events: [{ payload: { url: place } }] },
      { type: "client.hello" },
    ]);
    expect(JSON.stringify(sent)).not.toContain("secret");
    privacy.handOver(false);
    egress.send(answer("7", { value: "told" }), answerShape("evaluate"));
    expect(sent.at(-1)).toMatchObject({ result: { value: "told" } });
  });

  test("what the policies tell leaves in closed shapes, and of a place no more than the phase allows", () => {
    const { egress, privacy, sent } = gate();
    const url = "https://a.example/u/84651234/bill?secret=1";
    const told: readonly Incident[] = [
      { type: "window.opened", window: "popup-1", opener: "main", url },
      { type: "window.closed", window: "popup-1" },
      { type: "window.crashed", window: "main", reloaded: true },
      { type: "dialog.opened", window: "main", dialog: "confirm", answer: "dismissed" },
      { type: "download.refused", url },
      { type: "auth.cancelled", window: "main", url, proxy: false },
      { type: "file_chooser.refused", window: "main" },
      { type: "external_app.requested", window: "popup-1", scheme: "mailto" },
    ];
    for (const isPrivate of [false, true]) {
      privacy.handOver(isPrivate);
      for (const { type, ...payload } of told)
        egress.send({
          type: "client.events",
          clientSeq: 1,
          events: [{ type, ts: 1, source: "device", payload: { ...payload, message: "secret", fileName: "secret" } }],
        });
    }
    const at = (place: string) =>
      told.map(({ type, ...payload }) => ({
        events: [{ type, payload: "url" in payload ? { ...payload, url: place } : payload }],
      }));
    expect(sent).toMatchObject([...at("https://a.example/u/84651234/bill"), ...at("https://a.example/u/:id/bill")]);
    expect(JSON.stringify(sent)).not.toContain("secret");
  });

  test("captures leave in their own shape, and never in a private phase", () => {
    const { egress, privacy, sent, refused } = gate();
    const events = [
      {
        type: "page.snapshot",
        ts: 1,
        source: "device",
        payload: { url: "https://a.example/p?x=1", title: "t", html: "<p>", cookies: "c" },
      },
    ];
    egress.send({ type: "client.events", clientSeq: 1, events });
    expect(sent).toMatchObject([{ events: [{ payload: { url: "https://a.example/p", title: "t", html: "<p>" } }] }]);
    expect(JSON.stringify(sent)).not.toContain("cookies");
    privacy.pinSignIn(["https://a.example"]);
    expect(egress.send({ type: "client.events", clientSeq: 2, events })).toBe(false);
    expect(refused).toEqual(["page.snapshot, as the page is private (sign_in_origin)"]);
    expect(sent).toHaveLength(1);
  });

  test("a yield's answer has of addresses only the place, and no more of a response than is declared", () => {
    const { egress, privacy, sent } = gate();
    privacy.handOver(true);
    const response = { url: "https://a.example/api?token=secret#x", method: "GET", status: 200, responseBody: "{}" };
    const networkCapture = { ...response, headers: { "set-cookie": "secret" } };
    egress.send(answer("y1", { matched: true, url: "https://a.example/p?code=secret", networkCapture }), yieldShape);
    expect(sent).toMatchObject([
      { result: { url: "https://a.example/p", networkCapture: { ...response, url: "https://a.example/api" } } },
    ]);
    expect(JSON.stringify(sent)).not.toContain("secret");
  });

  test("a body over the frame's limit is refused as a whole", () => {
    const { egress, privacy, sent } = gate();
    privacy.handOver(true);
    const networkCapture = {
      url: "https://a.example/",
      method: "GET",
      status: 200,
      responseBody: "x".repeat(1_048_576),
    };
    egress.send(answer("y1", { matched: true, networkCapture }), yieldShape);
    expect(sent).toMatchObject([{ id: "y1", error: { code: "payload_too_large" } }]);
  });

  test("an answer with a secret becomes an error that names it, each time it is asked for", () => {
    const { egress, sent, refused } = gate();
    egress.secrets.addTyped("the password typed on a.example", "swordfish9");
    const message = answer("c1", { html: "<input value=swordfish9>" });
    egress.send(message, answerShape("content"));
    egress.send(message, answerShape("content"));
    egress.send(failure("c2", "strict_violation", { matches: ["<input value=swordfish9>"] }));
    egress.send(answer("c3", { html: "<input>" }), answerShape("content"));
    const error = {
      code: "blocked_secret",
      message:
        "The answer held a value that must stay on the device: the password typed on a.example. What a person typed never leaves. Read another part of the page, or another page, that does not repeat it.",
      details: { reason: "typed", names: ["the password typed on a.example"] },
    };
    expect(sent).toMatchObject([
      { id: "c1", error },
      { id: "c1", error },
      { id: "c2", error },
      { id: "c3", result: {} },
    ]);
    expect(refused).toEqual(Array(3).fill("the password typed on a.example"));
    expect(JSON.stringify(sent)).not.toContain("swordfish");
  });

  test("a name with a secret in it is not told", () => {
    const { egress, sent } = gate();
    egress.secrets.addTyped("cookie swordfish9", "marlin42x");
    egress.secrets.addTyped("the password", "swordfish9");
    egress.send(answer("c1", { html: "marlin42x" }), answerShape("content"));
    expect(sent).toMatchObject([{ error: { code: "blocked_secret" } }]);
    expect(JSON.stringify(sent)).not.toMatch(/swordfish|marlin/);
  });

  test("a yield's capture, a picture and a batch are searched", () => {
    const { egress, sent } = gate();
    egress.secrets.addTyped("the password", "swordfish9");
    const networkCapture = {
      url: "https://a.example/",
      method: "GET",
      status: 200,
      responseBody: '{"p":"sword\\u0066ish9"}',
    };
    egress.send(answer("y1", { matched: true, networkCapture }), yieldShape);
    const data = Buffer.from("swordfish9").toString("base64");
    egress.send(answer("c1", { data, width: 1, height: 1, format: "png" }), answerShape("screenshot"));
    egress.send(
      answer("c2", { results: [{ result: { title: "Bill" } }, { result: { title: "swordfish9" } }] }),
      batchShape([answerShape("title"), answerShape("title")]),
    );
    expect(sent.map((message) => (message as { error?: { code: string } }).error?.code)).toEqual(
      Array(3).fill("blocked_secret"),
    );
  });

  test("an event with a secret is dropped and the others go; hello tells less", () => {
    const { egress, sent, refused } = gate();
    egress.secrets.addTyped("the password", "swordfish9");
    const at = (url: string) => ({ type: "navigation", ts: 1, source: "device", payload: { url, isMainFrame: true } });
    const events = [at("https://a.example/in/swordfish9"), at("https://a.example/home")];
    egress.send({ type: "client.events", clientSeq: 1, events });
    egress.send({
      type: "client.hello",
      protocol: 1,
      device: { kind: "x", userAgent: "swordfish9" },
      capabilities: ["a"],
    });
    expect(sent).toMatchObject([
      { clientSeq: 1, events: [{ payload: { url: "https://a.example/home" } }] },
      { type: "client.hello", protocol: 1, capabilities: ["a"] },
    ]);
    expect(JSON.stringify(sent)).not.toContain("swordfish");
    expect(refused).toEqual(["navigation with the password"]);
  });

  test("when there are more secrets than it can remember, content leaves no more, and the rest as in a private phase", () => {
    const { egress, sent, refused } = gate();
    for (let number = 0; egress.secrets.refusal() === null; number++)
      egress.secrets.addTyped("typed", `${number}7-word `.repeat(8_192));
    const url = "https://a.example/u/84651234/home?code=x7Kq92LmPz04RtYw";
    egress.send(answer("c1", { html: "<p>Bill</p>" }), answerShape("content"));
    egress.send(answer("c2", { visible: true }), answerShape("isVisible"));
    egress.send(answer("c3", { url }), answerShape("url"));
    egress.send(failure("c4", "strict_violation", { matches: ["<b>Ada</b>"] }));
    const payload = { url, title: "Bill", html: "<p>Bill</p>" };
    const events = [{ type: "page.snapshot", ts: 1, source: "device", payload }];
    expect(egress.send({ type: "client.events", clientSeq: 1, events })).toBe(false);
    expect(sent).toMatchObject([
      {
        error: {
          code: "blocked_secret",
          message: expect.stringMatching(/more secrets .* Begin a new session/),
          details: { reason: "registry_full" },
        },
      },
      { result: { visible: true } },
      { result: { url: "https://a.example/u/:id/home" } },
      { error: { code: "strict_violation", details: { matches: ["<b>"] } } },
    ]);
    const why = "there are more secrets than can be watched for";
    expect(refused).toEqual([`an answer with the page's content, as ${why}`, `page.snapshot, as ${why}`]);
  });

  test("an error in the device's own words keeps its code when a secret is one of them", () => {
    const { egress, privacy, sent } = gate();
    egress.secrets.addTyped("the password typed on a.example", "password");
    privacy.fieldsSeen({ document: "d", kinds: ["password"] });
    egress.send(answer("c1", { text: "Hello" }), answerShape("textContent"));
    expect(sent).toMatchObject([{ error: { code: "blocked_private", details: { reason: "sensitive_field" } } }]);
    expect(JSON.stringify(sent)).not.toContain("password");
  });

  test("of the page's address the codes are left out", () => {
    const { egress, sent } = gate();
    const url = "https://a.example/cb?page=2&code=x7Kq92LmPz04RtYw#access_token=abcdefgh";
    egress.send(answer("c1", { url }), answerShape("url"));
    egress.send(answer("c2", { results: [{ result: { url, status: 200 } }] }), batchShape([answerShape("navigate")]));
    const told = "https://a.example/cb?page=2&code=#access_token=";
    expect(sent).toMatchObject([{ result: { url: told } }, { result: { results: [{ result: { url: told } }] } }]);
  });

  test("activity reports are not sent by this device", () => {
    const { egress } = gate();
    const type = "client.network_activity" as const;
    expect(() => egress.send({ type, entries: [{ url: "https://a.example/" }] })).toThrow("may leave");
  });

  test("shows every frame before it goes, heartbeats too", () => {
    const { egress, frames } = gate();
    egress.ping();
    egress.send({ type: "client.hello" });
    expect(frames).toEqual(["ping", '{"type":"client.hello"}']);
  });
});

describe("telemetry", () => {
  test("numbers go on from what the server has", () => {
    const { egress, sent } = gate();
    const telemetry = new Telemetry(egress);
    telemetry.navigated("https://a.example/one");
    telemetry.navigated("about:blank");
    expect(sent).toEqual([]);
    telemetry.resume(7);
    telemetry.navigated("https://a.example/two");
    expect(sent.map((message) => (message as { clientSeq: number }).clientSeq)).toEqual([8, 9]);
    telemetry.acknowledge(8);
    telemetry.disconnected();
    telemetry.navigated("https://a.example/three");
    telemetry.resume(8);
    expect(sent.map((message) => (message as { clientSeq: number }).clientSeq)).toEqual([8, 9, 9, 10]);
  });
});

test.each([
  ["https://u:p@a.example:8443/p/q?x=1#y", "https://a.example:8443/p/q"],
  ["about:blank#secret", "about:blank"],
  ["data:text/html,secret", "data:"],
  ["not an address", ""],
])("publicUrl(%s)", (url, told) => {
  expect(publicUrl(url)).toBe(told);
});

test.each([
  ["https://a.example/login/step-2", "https://a.example/login/step-2"],
  ["https://a.example/reset-password/verify-your-account", "https://a.example/reset-password/verify-your-account"],
  ["https://a.example/users/12345678/home", "https://a.example/users/:id/home"],
  ["https://a.example/v/3f2a9c1e-77aa-4b1c-9d2e-0a1b2c3d4e5f", "https://a.example/v/:id"],
  ["https://a.example/magic/abcdefghijklmnopqrstuvwxyz", "https://a.example/magic/:id"],
  ["https://a.example/in/ada@b.example/x", "https://a.example/in/:id/x"],
  ["about:blank", "about:blank"],
])("placeOf(%s)", (url, told) => {
  expect(placeOf(url)).toBe(told);
});

test.each([
  ["https://a.example/cb?code=8271ab9912&ok=true#tab=bills", "https://a.example/cb?code=&ok=true#tab=bills"],
  ["https://a.example/?t=abcdefghijklmnopqrst", "https://a.example/?t="],
  ["https://a.example/x?otp=123456", "https://a.example/x?otp="],
])("matchable(%s)", (url, seen) => {
  expect(matchable(url)).toBe(seen);
});
