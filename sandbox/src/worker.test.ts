import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { TestBrowser } from "./testing/browser.ts";
import { type RunningSandbox, runSandbox } from "./testing/run-workerd.ts";
import { scenarioUsers } from "./users.ts";

let sandbox: RunningSandbox;
let browser: TestBrowser;
beforeAll(async () => {
  sandbox = await runSandbox();
  browser = new TestBrowser(sandbox.port);
});
afterAll(() => sandbox.stop());

test.each(["127.0.0.1", "localhost", "t-mobile.localhost.example.com", "not-t-mobile.localhost"])(
  "%s goes to the product unchanged",
  async (host) => {
    const { body } = await browser.ask(`http://${host}/v1/links?limit=2`);
    expect(body).toBe(`passage got http://${host}:${sandbox.port}/v1/links?limit=2`);
  },
);

test("a WebSocket of the product passes through", async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${sandbox.port}/link/ws`);
  socket.on("open", () => socket.send("hello"));
  const message = await new Promise((resolve, reject) => socket.on("message", resolve).on("error", reject));
  socket.close();
  expect(String(message)).toBe("echo hello");
});

test("an unknown path of a site is that site's own 404", async () => {
  for (const host of ["www", "account", "brass.account"]) {
    const answer = await browser.ask(`http://${host}.t-mobile.localhost/no-such-page`);
    expect(answer.status).toBe(404);
    expect(answer.body).toContain("Page not found");
  }
});

test("the index page names every user", async () => {
  const { body } = await browser.ask("http://sandbox.localhost/");
  for (const { name } of scenarioUsers) expect(body).toContain(name);
  expect(body).toContain(`http://www.t-mobile.localhost:${sandbox.port}/account`);
});

test("the log has a row for each site request, can be filtered and cleared", async () => {
  await browser.ask("http://sandbox.localhost/log", { method: "DELETE" });
  await browser.ask("/oauth/callback?code=secret");
  await browser.ask("http://account.t-mobile.localhost/signin/v2/");
  const read = async (query: string) => (await browser.ask(`http://sandbox.localhost/log${query}`)).json().requests;
  const [first, second] = await read("");
  expect(first).toEqual({
    seq: expect.any(Number),
    ts: expect.any(Number),
    method: "GET",
    host: "www.t-mobile.localhost",
    path: "/oauth/callback",
    call: null,
    status: 400,
  });
  expect(await read("?host=account.t-mobile.localhost")).toEqual([second]);
  expect(await read("?path=/oauth/callback")).toEqual([first]);
  expect(await read(`?after=${first.seq}`)).toEqual([second]);
});
