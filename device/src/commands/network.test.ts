import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectOf } from "../../test/object-shape.ts";
import { Rig } from "../../test/rig.ts";
import { Site } from "../../test/site.ts";

let rig: Rig;
let other: Site;
const json = { headers: { "content-type": "application/json" } };
beforeAll(async () => {
  [rig, other] = await Promise.all([Rig.open(), Site.open()]);
  rig.site.answer("/api/bills", (_request, response) =>
    response
      .writeHead(200, json.headers)
      .end(JSON.stringify({ data: { bills: [{ id: 1, amount: "9.99", token: "canary" }] } })),
  );
  rig.site.answer("/api/echo", (request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const { cookie, "x-a": given } = request.headers;
      response.writeHead(201, json.headers).end(JSON.stringify({ method: request.method, body, cookie, given }));
    });
  });
  rig.site.answer("/api/hang", () => {});
  rig.site.answer("/api/text", (_request, response) =>
    response.writeHead(500, { "content-type": "text/plain" }).end("broken"),
  );
  rig.site.answer("/api/none", (_request, response) => response.writeHead(204).end());
  rig.site.answer("/api/huge", (_request, response) => response.end("x".repeat(5_000_000)));
  rig.site.answer("/api/cut", (_request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("x");
    response.socket?.destroy();
  });
  rig.site.redirect("/api/away", `${other.origin}/login`);
  rig.site.redirect("/api/moved", "/api/bills");
});
afterAll(async () => {
  await rig.close();
  await other.close();
});

describe("fetchInPage", () => {
  const ask = (params: Parameters<typeof rig.run<"fetchInPage">>[1]) =>
    rig.run("fetchInPage", { timeout: 3_000, ...params });

  test("asks with the page's cookies, headers and body, and answers text or JSON", async () => {
    await rig.show("<script>document.cookie = 'who=ada'</script>");
    const answer = await ask({ url: "/api/echo", method: "PUT", headers: { "x-a": "1" }, body: "hi", as: "json" });
    expect(answer.result).toEqual({
      url: `${rig.site.origin}/api/echo`,
      status: 201,
      contentType: "application/json",
      body: { method: "PUT", body: "hi", cookie: "who=ada", given: "1" },
    });
    expect((await ask({ url: `${rig.site.origin}/api/text` })).result).toMatchObject({ status: 500, body: "broken" });
    expect((await ask({ url: "/api/none", as: "json" })).result).toMatchObject({
      status: 204,
      body: null,
      contentType: null,
    });
    expect((await ask({ url: "/api/moved" })).result.url).toBe(`${rig.site.origin}/api/bills`);
  });

  test.each([
    ["the charset of the header", "text/plain; charset=Shift_JIS", "\x90\xbf\x8b\x81", "請求"],
    ["the charset of the document", "text/html", "<meta charset=koi8-r>\xc4\xc1", "<meta charset=koi8-r>да"],
    ["windows-1252 where a page says nothing", "text/html", "Jos\xe9 \x80", "José €"],
    ["a byte order mark, which is left out", "application/json", "\xef\xbb\xbf[1]", "[1]"],
  ])("text is as the site wrote it: %s", async (_what, contentType, bytes, body) => {
    rig.site.answer("/api/old", (_request, response) =>
      response.writeHead(200, { "content-type": contentType }).end(Buffer.from(bytes, "latin1")),
    );
    await rig.show("<p>x</p>");
    expect((await ask({ url: "/api/old" })).result).toMatchObject({ body, contentType });
  });

  test("JSON keeps its numbers: those that no JavaScript number holds are strings", async () => {
    rig.site.answer("/api/numbers", (_request, response) =>
      response
        .writeHead(200, json.headers)
        .end('\ufeff{"account":12345678901234567890,"orders":[{"id":9007199254740993,"amount":42.10}]}'),
    );
    await rig.show("<p>x</p>");
    const numbers = { account: "12345678901234567890", orders: [{ id: "9007199254740993", amount: 42.1 }] };
    expect((await ask({ url: "/api/numbers", as: "json" })).result.body).toEqual(numbers);
    const order = objectOf({ id: { leaf: "id", max: 20, digits: true }, amount: { leaf: "money" } });
    const schema = objectOf({ orders: { type: "array", maxItems: 9, items: order } });
    const written = { orders: [{ id: "9007199254740993", amount: "42.10" }] };
    expect((await ask({ url: "/api/numbers", schema })).result.body).toEqual(written);
    expect((await ask({ url: "/api/numbers" })).result.body).toContain('"amount":42.10');
  });

  test("[A11] what is not text is base64, or an error that says so", async () => {
    const pdf = Buffer.from("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n\0\x01", "latin1");
    rig.site.answer("/bill.pdf", (_request, response) =>
      response.writeHead(200, { "content-type": "application/pdf" }).end(pdf),
    );
    rig.site.answer("/api/broken", (_request, response) =>
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(Buffer.from("Jos\xe9", "latin1")),
    );
    await rig.show("<p>x</p>");
    for (const url of ["/bill.pdf", "/api/broken"]) {
      const { error } = await ask({ url });
      expect(error, url).toMatchObject({
        code: "fetch_failed",
        message: expect.stringContaining("ask for it as base64"),
      });
    }
    const { result } = await ask({ url: "/bill.pdf", as: "base64" });
    expect(Buffer.from(result.body, "base64")).toEqual(pdf);
    expect((await ask({ url: "/bill.pdf", as: "base64", schema: { leaf: "boolean" } })).error?.code).toBe(
      "invalid_params",
    );
    rig.site.answer("/largest", (_request, response) => response.end(Buffer.alloc(768_000, 255)));
    const largest = await ask({ url: "/largest", as: "base64" });
    expect(Buffer.from(largest.result.body, "base64")).toHaveLength(768_000);
    rig.site.answer("/larger", (_request, response) => response.end(Buffer.alloc(768_001, 255)));
    expect((await ask({ url: "/larger", as: "base64" })).error?.code).toBe("payload_too_large");
  });

  test("a schema chooses what leaves the device, each leaf written anew", async () => {
    await rig.show("<p>x</p>");
    const before = rig.frames.length;
    const amount = { leaf: "money" } as const;
    const bill = objectOf({ id: { leaf: "integer" }, amount, paid: { orNull: { leaf: "boolean" } } }, ["id", "amount"]);
    const schema = objectOf({ data: objectOf({ bills: { type: "array", maxItems: 12, items: bill } }) });
    expect((await ask({ url: "/api/bills", schema })).result.body).toEqual({
      data: { bills: [{ id: 1, amount: "9.99" }] },
    });
    expect((await ask({ url: "/api/text", schema })).result).toMatchObject({ status: 500, body: null });
    const invoices = objectOf({ data: objectOf({ invoices: { leaf: "boolean" } }) });
    expect((await ask({ url: "/api/bills", schema: invoices })).error).toMatchObject({
      code: "extract_failed",
      message: `The response (200 of ${rig.site.origin}/api/bills) does not fit the schema: data.invoices is absent, not boolean`,
    });
    expect((await ask({ url: "/api/huge", schema })).error?.code).toBe("payload_too_large");
    expect(rig.frames.slice(before).join()).not.toContain("canary");
  });

  test("a hang is an error of its own, and the page goes on", async () => {
    await rig.show("<p id=p>x</p>");
    expect((await ask({ url: "/api/hang", timeout: 300 })).error?.code).toBe("fetch_timed_out");
    expect((await rig.run("textContent", { selector: "#p" })).result).toEqual({ text: "x" });
  });

  test.each([
    ["another origin", { url: "https://elsewhere.example/" }, "origin_not_allowed"],
    ["a redirect to another origin", { url: "/api/away" }, "fetch_failed"],
    ["an answer that is cut off", { url: "/api/cut" }, "fetch_failed"],
    ["JSON that is none", { url: "/api/text", as: "json" }, "fetch_failed"],
    ["a body that is too long", { url: "/api/huge" }, "payload_too_large"],
    ["a GET with a body", { url: "/api/echo", body: "x" }, "invalid_params"],
    ["a header that is none", { url: "/api/echo", headers: { "a b": "c" } }, "fetch_failed"],
    [
      "a schema with a keyword that it does not know",
      { url: "/api/bills", schema: { leaf: "date", format: "x" } },
      "invalid_params",
    ],
    ["a schema with a leaf of an operation's", { url: "/api/bills", schema: { leaf: "held" } }, "invalid_params"],
    ["an address that is none", { url: "http://" }, "origin_not_allowed"],
  ] as const)("%s", async (_what, params, code) => {
    await rig.show("<p>x</p>");
    expect((await ask(params)).error?.code).toBe(code);
  });

  test("a page that leaves meanwhile says that the request may have been done", async () => {
    await rig.show("<p>x</p>");
    const next = rig.site.page("/elsewhere", "<p>y</p>");
    rig.site.answer("/api/left", () => {});
    const asked = ask({ url: "/api/left", method: "POST" });
    await rig.site.asked("/api/left");
    await rig.webview.load(next);
    expect((await asked).error).toMatchObject({
      code: "fetch_failed",
      message: expect.stringContaining("may have done"),
    });
  });

  test("not from a page outside of the session, nor from one without an origin", async () => {
    await rig.show("<p>x</p>");
    rig.origins.pin([other.origin]);
    expect((await ask({ url: "/api/bills" })).error?.code).toBe("origin_not_allowed");
    rig.origins.pin(undefined);
    await rig.run("navigate", { url: "about:blank" });
    expect((await ask({ url: "https://elsewhere.example/" })).error?.code).toBe("origin_not_allowed");
  });
});

describe("waitForResponse", () => {
  const wait = (params: Parameters<typeof rig.run<"waitForResponse">>[1]) =>
    rig.run("waitForResponse", { timeout: 2_000, ...params });
  const calls = (...paths: string[]) =>
    `<script>(async () => { for (const path of ${JSON.stringify(paths)}) await fetch(path) })()</script>`;

  test("one that came, or comes; the latest; the body where it is asked for", async () => {
    await rig.show(calls("/api/bills?page=1&token=secret", "/api/bills?page=2&token=secret"));
    const url = `${rig.site.origin}/api/bills`;
    expect((await wait({ url: "page=2", captureBody: true })).result).toEqual({
      url,
      method: "GET",
      status: 200,
      body: expect.stringContaining('"amount":"9.99"'),
    });
    expect((await wait({ url: "/api/bills", method: "get", status: 200 })).result).toEqual({
      url,
      method: "GET",
      status: 200,
    });
    const later = wait({ url: "/api/echo$", method: "POST", status: 201 });
    await rig.webview.evaluate("fetch('/api/echo', { method: 'POST' }); null");
    expect((await later).result).toMatchObject({ method: "POST", status: 201 });
  });

  test.each([
    ["another status", { url: "/api/bills", status: 404 }, "timeout"],
    ["another method", { url: "/api/bills", method: "POST" }, "timeout"],
    ["a broken pattern", { url: "(" }, "invalid_params"],
    ["a body over the limit", { url: "/api/huge", captureBody: true }, "payload_too_large"],
  ] as const)("%s", async (_what, params, code) => {
    await rig.show(calls("/api/bills", "/api/huge"));
    expect((await wait({ ...params, timeout: code === "timeout" ? 300 : 5_000 })).error?.code).toBe(code);
  });

  test("only of the session's origins", async () => {
    other.answer("/open", (_request, response) =>
      response.writeHead(200, { "access-control-allow-origin": "*" }).end("{}"),
    );
    rig.origins.pin([rig.site.origin]);
    await rig.show(calls(`${other.origin}/open`, "/api/bills"));
    expect((await wait({ url: "/api/bills" })).result.status).toBe(200);
    expect((await wait({ url: "/open", timeout: 300 })).error?.code).toBe("timeout");
    rig.origins.pin(undefined);
    expect((await wait({ url: "/open" })).result.status).toBe(200);
  });

  test("a device that cannot see the network says so", async () => {
    const plain = await Rig.open({ plain: true });
    await plain.show("<p>x</p>");
    expect((await plain.run("waitForResponse", { url: "." })).error?.code).toBe("unsupported_command");
    expect((await plain.run("extract", { from: "response", url: "." })).error?.code).toBe("unsupported_command");
    plain.site.answer("/ok", (_request, response) => response.end("ok"));
    expect((await plain.run("fetchInPage", { url: "/ok" })).result.body).toBe("ok");
    await plain.close();
  });
});
