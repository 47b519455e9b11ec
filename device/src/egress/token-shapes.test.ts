import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { harmlessBodies } from "../../test/harmless-bodies.ts";
import { Rig } from "../../test/rig.ts";
import { tokenShapes } from "../../test/token-shapes.ts";

let rig: Rig;
let sockets: WebSocketServer;

const addressOf = (path: string, index: number) => `${path}/${index}`;

/** Runs a script in the page's own world, and waits for its promise. */
async function inPage(script: string): Promise<void> {
  await rig.webview.evaluate(
    `document.head.append(Object.assign(document.createElement("script"), { textContent: ${JSON.stringify(
      `document.title = "busy"; (async () => { ${script} })().then(() => { document.title = "done"; }, (error) => { document.title = "failed " + error; })`,
    )} })); null`,
  );
  await rig.until("document.title !== 'busy'");
  expect(await rig.value("document.title")).toBe("done");
}

beforeAll(async () => {
  rig = await Rig.open({ cdpPort: 0 });
  sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  sockets.on("connection", (socket) => socket.on("message", (text) => socket.send(String(text))));
  rig.site.page("/done", "done");
  for (const [index, { path, answer }] of tokenShapes.entries())
    rig.site.answer(addressOf(path, index), (_request, response) => answer(response));
  for (const [index, [body]] of harmlessBodies.entries())
    rig.site.answer(`/harmless/login/${index}`, (_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body)),
    );
  await rig.show("<h1>Your account</h1>");
  const socket = `ws://127.0.0.1:${(sockets.address() as { port: number }).port}`;
  const tries = tokenShapes.map(
    ({ path, script }, index) => `{ const url = "${addressOf(path, index)}"; await ${script}; }`,
  );
  await inPage(`const socket = "${socket}"; ${tries.join("\n")}`);
  await inPage(harmlessBodies.map((_, index) => `await fetch("/harmless/login/${index}");`).join("\n"));
  // Bodies are read after their responses are told of; this waits for the last of them.
  await rig.run("waitForNetworkIdle", {});
});
afterAll(async () => {
  sockets.close();
  for (const client of sockets.clients) client.terminate();
  await rig.close();
});

const shown = (text: string) => `(${JSON.stringify({ seen: `it is ${text}.` })})`;

test.each(tokenShapes.map((shape) => [shape.name, shape] as const))(
  "%s stays on the device",
  async (_name, { token, stopped }) => {
    const { error, result } = await rig.run("evaluate", { expression: shown(token) });
    expect(result).toBeUndefined();
    expect(error).toMatchObject({ code: "blocked_secret", details: { reason: "token" } });
    expect(error?.details?.names?.join()).toMatch(stopped);
    expect(rig.frames.join()).not.toContain(token);
  },
);

test.each(harmlessBodies)("%j keeps nothing back", async (_body, readable) => {
  const { error, result } = await rig.run("evaluate", { expression: shown(readable) });
  expect(error).toBeUndefined();
  expect(result).toEqual({ value: { seen: `it is ${readable}.` } });
});

test("the table is long enough to mean something", () => {
  expect(tokenShapes.length).toBeGreaterThanOrEqual(60);
  expect(new Set(tokenShapes.map(({ name }) => name)).size).toBe(tokenShapes.length);
});
