import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { objectOf } from "../../test/object-shape.ts";
import { Rig } from "../../test/rig.ts";
import { Site } from "../../test/site.ts";

const token = "kP7vQ2xR9tLm4WzB8nYc";
const apiKey = "marlin-forty-two";
let rig: Rig;
let api: Site;
beforeAll(async () => {
  [rig, api] = await Promise.all([Rig.open(), Site.open()]);
  for (const site of [rig.site, api]) {
    site.answer("/api/me", ({ method, headers }, response) => {
      const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, apikey" };
      const isHers = headers.authorization === `Bearer ${token}`;
      response.writeHead(method === "OPTIONS" || isHers ? 200 : 401, { "content-type": "application/json", ...cors });
      response.end(JSON.stringify(isHers ? { name: "Ada", key: headers.apikey === apiKey } : {}));
    });
    site.answer("/api/echo", ({ headers }, response) => response.end(`${headers.authorization} ${headers.apikey}`));
  }
  rig.site.answer("/api/away", (_request, response) =>
    response.writeHead(302, { location: `${api.origin}/api/echo` }).end(),
  );
});
beforeEach(() => {
  rig.frames.length = 0;
});
afterAll(async () => {
  await rig.close();
  await api.close();
});

/** A single-page app that keeps its token in its memory and asks for the account after a while. */
const app = (me: string, headers: object = { authorization: `Bearer ${token}`, apikey: apiKey }) =>
  `<h1>App</h1><script>setTimeout(() => fetch(${JSON.stringify(me)}, { headers: ${JSON.stringify(headers)} }), 100)</script>`;
const from = { url: "/api/me", names: ["Authorization", "apikey"] };
const ask = (params: object) => rig.send("fetchInPage", { url: "/api/me", as: "json", timeout: 3_000, ...params });
const nothingLeft = () => expect(rig.frames.join()).not.toMatch(new RegExp(`${token}|${apiKey}`));

test("[A10] a request takes the headers of the page's own, once that has come", async () => {
  await rig.show(app("/api/me"));
  expect((await ask({})).result.status).toBe(401);
  expect((await ask({ headersFrom: from })).result).toMatchObject({ status: 200, body: { name: "Ada", key: true } });
  const schema = objectOf({ name: { leaf: "text", max: 20 } });
  expect((await ask({ headersFrom: from, schema })).result.body).toEqual({ name: "Ada" });
  nothingLeft();
});

test("[A10] an answer that holds such a value stays on the device, and so does an error", async () => {
  await rig.show(app("/api/me"));
  const echo = { url: "/api/echo", as: "text", headersFrom: from };
  const { error } = await ask(echo);
  expect(error).toMatchObject({
    code: "blocked_secret",
    details: { names: expect.arrayContaining(["apikey header"]) },
  });
  expect((await ask({ ...echo, as: "json" })).error?.code).toBe("fetch_failed");
  expect((await ask({ ...echo, url: "/api/away" })).error?.code).toBe("fetch_failed");
  expect(api.requests).not.toContain("/api/echo");
  nothingLeft();
});

test("[A10] of a page's request to another origin, to that origin alone", async () => {
  await rig.show(app(`${api.origin}/api/me`));
  const asked = await ask({ url: `${api.origin}/api/me`, headersFrom: from });
  expect(asked.result).toMatchObject({ status: 200, body: { name: "Ada", key: true } });
  const { error } = await ask({ headersFrom: from, timeout: 400 });
  expect(error).toMatchObject({ code: "timeout", message: expect.stringContaining(`GET ${api.origin}/api/me (200)`) });
  rig.origins.pin([rig.site.origin]);
  expect((await ask({ url: `${api.origin}/api/me`, headersFrom: from })).error?.code).toBe("origin_not_allowed");
  rig.origins.pin(undefined);
  expect((await ask({ url: `${api.origin}/api/me` })).error?.code).toBe("origin_not_allowed");
  nothingLeft();
});

test("[A10] not of a request that a frame of another origin made", async () => {
  const framed = api.page("/framed", app(`${rig.site.origin}/api/echo`, {}) + app(`${api.origin}/api/me`));
  await rig.show(`<iframe src="${framed}"></iframe>`);
  await rig.run("waitForResponse", { url: `${api.origin}/api/me`, status: 200 });
  const { error } = await ask({ url: `${api.origin}/api/me`, headersFrom: from, timeout: 400 });
  expect(error?.code).toBe("timeout");
});

test.each([
  ["a header that signs nobody in", { url: ".", names: ["accept"] }, "invalid_params", "write it in headers"],
  ["the page's cookies", { url: ".", names: ["cookie"] }, "invalid_params", "cookie signs nobody in"],
  ["a broken pattern", { url: "(", names: ["authorization"] }, "invalid_params", "("],
  ["a value that no scan could find", { url: "/api/me", names: ["x-plan"] }, "fetch_failed", "cannot be kept secret"],
  ["no such request", { url: "/api/you", names: ["apikey"] }, "timeout", "made no request to http"],
] as const)("%s", async (_what, headersFrom, code, message) => {
  await rig.show(app("/api/me", { "x-plan": "gold" }));
  const { error } = await ask({ headersFrom, timeout: 800 });
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
});

test("a device that cannot see the network says so", async () => {
  const plain = await Rig.open({ plain: true });
  await plain.show(app("/api/me"));
  const { error } = await plain.run("fetchInPage", { url: "/api/me", headersFrom: from });
  expect(error).toMatchObject({ code: "unsupported_command", message: expect.stringContaining("headersFrom") });
  await plain.close();
});
