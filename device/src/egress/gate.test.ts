import { commands } from "@passage/protocol/commands";
import type { ClientMessage } from "@passage/protocol/session";
import { describe, expect, test } from "vitest";
import { Egress } from "./gate.ts";
import { publicUrl } from "./public-url.ts";
import { yieldShape } from "./shapes.ts";
import { Telemetry } from "./telemetry.ts";

function gate() {
  const sent: unknown[] = [];
  const frames: string[] = [];
  const refused: string[] = [];
  const egress = new Egress({ onFrame: (text) => frames.push(text), onRefused: (what) => refused.push(what) });
  egress.attach((text) => sent.push(text === "ping" ? text : JSON.parse(text)) > 0);
  return { egress, sent, frames, refused };
}
const answer = (id: string, result: unknown) => ({ type: "client.command_response" as const, id, result });
const failure = (id: string, code: string, details = {}) =>
  ({ type: "client.command_response", id, error: { code, message: "m", details } }) as ClientMessage;

describe("the egress gate", () => {
  test("drops what is not declared, at every level", () => {
    const { egress, sent } = gate();
    egress.send(
      { ...answer("c1", { url: "https://a.example/", status: 200, html: "<p>" }), cookies: "a=b" } as never,
      commands.navigate.result,
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
    const event = { type: "page.snapshot", ts: 1, source: "device", payload: { html: "<p>" } };
    expect(() => egress.send({ type: "client.events", clientSeq: 1, events: [event] })).toThrow("page.snapshot");
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

  test("in the private phase only the yield, refusals, hello and navigation pass", () => {
    const { egress, sent, refused } = gate();
    egress.enterPrivatePhase("y1");
    expect(egress.send(answer("c1", { value: "secret" }), commands.evaluate.result)).toBe(false);
    expect(egress.send(answer("c2", { text: "secret" }), commands.textContent.result)).toBe(false);
    expect(egress.send(failure("c3", "strict_violation", { matches: ["secret"] }))).toBe(false);
    expect(refused).toHaveLength(3);
    expect(sent).toEqual([]);
    egress.send(answer("c4", {}), commands.updateStatus.result);
    egress.send(failure("c5", "user_in_control"));
    egress.send({ type: "client.hello" });
    egress.send(answer("y1", { matched: true, condition: 0, html: "secret" }), yieldShape);
    expect(sent).toHaveLength(4);
    expect(JSON.stringify(sent)).not.toContain("secret");
    egress.leavePrivatePhase();
    expect(egress.send(answer("c6", { value: "told" }), commands.evaluate.result)).toBe(true);
  });

  test("a yield's answer tells of addresses only the place, and no more of a response than is declared", () => {
    const { egress, sent } = gate();
    egress.enterPrivatePhase("y1");
    const response = { url: "https://a.example/api?token=secret#x", method: "GET", status: 200, responseBody: "{}" };
    const networkCapture = { ...response, headers: { "set-cookie": "secret" } };
    egress.send(answer("y1", { matched: true, url: "https://a.example/p?code=secret", networkCapture }), yieldShape);
    expect(sent).toMatchObject([
      { result: { url: "https://a.example/p", networkCapture: { ...response, url: "https://a.example/api" } } },
    ]);
    expect(JSON.stringify(sent)).not.toContain("secret");
  });

  test("a body over the frame's limit is refused as a whole", () => {
    const { egress, sent } = gate();
    egress.enterPrivatePhase("y1");
    const networkCapture = {
      url: "https://a.example/",
      method: "GET",
      status: 200,
      responseBody: "x".repeat(1_048_576),
    };
    egress.send(answer("y1", { matched: true, networkCapture }), yieldShape);
    expect(sent).toMatchObject([{ id: "y1", error: { code: "payload_too_large" } }]);
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
