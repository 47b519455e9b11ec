import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectOf } from "../../test/object-shape.ts";
import { Rig } from "../../test/rig.ts";

const total = objectOf({ total: { leaf: "money" } });
let rig: Rig;
let other: string;
beforeAll(async () => {
  rig = await Rig.open();
  other = rig.site.origin.replace("127.0.0.1", "localhost");
});
afterAll(() => rig.close());

const script = (path: string, source: string) =>
  rig.site.answer(path, (_request, response) =>
    response.writeHead(200, { "content-type": "text/javascript" }).end(source),
  );

/** Where a site may make its call for data, other than in the page: what a page holds that makes the call to the path. */
const places: Readonly<Record<string, (path: string) => string>> = {
  "a worker": (path) => `<script>new Worker("${path}.js")</script>`,
  "a worker in a worker": (path) => {
    script(`${path}-outer.js`, `new Worker("${path}.js")`);
    return `<script>new Worker("${path}-outer.js")</script>`;
  },
  "a shared worker": (path) => `<script>new SharedWorker("${path}.js")</script>`,
  "a frame of another site": (path) => {
    rig.site.page(`${path}-frame`, `<script src="${path}.js"></script>`);
    return `<iframe src="${other}${path}-frame"></iframe>`;
  },
  "a worker in a frame of another site": (path) => {
    rig.site.page(`${path}-frame`, `<script>new Worker("${path}.js")</script>`);
    return `<iframe src="${other}${path}-frame"></iframe>`;
  },
};

describe.each(Object.keys(places))("a call for data made in %s", (place) => {
  const path = `/${place.replaceAll(" ", "-")}`;
  const header = `${path.length}kP7vQ2xR9tLm4WzB8nYc`;

  test("is found with its body, and its credentials are kept on the device", async () => {
    script(
      `${path}.js`,
      `fetch("${path}", { headers: { authorization: "Bearer ${header}" } }).then((answer) => answer.text())`,
    );
    rig.site.answer(path, (_request, response) =>
      response
        .writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" })
        .end('{"total":"42.10"}'),
    );
    await rig.show(places[place]?.(path) ?? "");
    const { result } = await rig.run("extract", { from: "response", url: `${path}$`, schema: total, timeout: 10_000 });
    expect(result?.data).toEqual({ total: "42.10" });
    expect((await rig.run("evaluate", { expression: `"${header}"` })).error?.code).toBe("blocked_secret");
  });
});

test("a body that went with its worker is given, or reported as missing", async () => {
  script("/ends.js", 'fetch("/short").then((answer) => answer.text()).then(close)');
  rig.site.answer("/short", (_request, response) => response.end("ran"));
  await rig.show('<script>new Worker("/ends.js")</script>');
  const wanted = { url: "/short$", captureBody: true, timeout: 10_000 };
  const { result, error } = await rig.run("waitForResponse", wanted);
  expect(result?.body ?? error?.code).toBe(result ? "ran" : "body_unavailable");
});

describe("waitForNetworkIdle", () => {
  const idle = (timeout: number) => rig.run("waitForNetworkIdle", { idleTime: 100, timeout });

  test("waits for the requests of the page's workers", async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    rig.site.answer("/slow", (_request, response) => asked.resolve(response));
    script("/slow.js", 'fetch("/slow")');
    await rig.show('<script>const worker = new Worker("/slow.js")</script>');
    const response = await asked.promise;
    expect((await idle(500)).error?.code).toBe("timeout");
    response.end();
    expect((await idle(10_000)).error).toBeUndefined();
  });

  test("does not wait for those of a worker that was ended", async () => {
    const asked = Promise.withResolvers<void>();
    rig.site.answer("/never", () => asked.resolve());
    script("/hangs.js", 'fetch("/never")');
    await rig.show(
      '<button id=end onclick="worker.terminate()">End</button><script>const worker = new Worker("/hangs.js")</script>',
    );
    await asked.promise;
    expect((await idle(500)).error?.code).toBe("timeout");
    await rig.run("click", { selector: "#end" });
    expect((await idle(10_000)).error).toBeUndefined();
  });
});
