import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  rig.site.page("/a", "<h1 id=a>A</h1>");
  rig.site.page("/b", "<h1 id=b>B</h1>");
});
afterAll(() => rig.close());

const at = (path: string) => rig.site.origin + path;
const navigate = (url: string, more = {}) => rig.run("navigate", { url, ...more });

describe("navigate", () => {
  test("resolves at load with the address and the status", async () => {
    expect((await navigate(at("/a"))).result).toEqual({ url: at("/a"), status: 200 });
  });

  test("the same address is loaded again, with a fragment too", async () => {
    for (const url of [at("/a"), `${at("/a")}#part`]) {
      await navigate(url);
      await rig.value("document.title = 'old'");
      expect((await navigate(url)).result).toEqual({ url, status: 200 });
      expect(await rig.value("document.title")).toBe("");
    }
  });

  test("another fragment is a jump within the document", async () => {
    await navigate(`${at("/b")}#one`);
    await rig.value("document.title = 'kept'");
    expect((await navigate(`${at("/b")}#two`)).result).toEqual({ url: `${at("/b")}#two`, status: 200 });
    expect(await rig.value("document.title")).toBe("kept");
  });

  test("the referer is the request's", async () => {
    let referer: string | undefined;
    rig.site.answer("/referred", (request, response) => {
      referer = request.headers.referer;
      response.end("<p>x</p>");
    });
    await navigate(at("/referred"), { referer: "https://search.example/path?q=1" });
    expect(referer).toBe("https://search.example/path?q=1");
    await navigate(at("/referred"));
    expect(referer).toBe(undefined);
  });

  test("redirects give the final address, without a query that the automation did not ask for", async () => {
    rig.site.redirect("/r1", "/r2");
    rig.site.redirect("/r2", "/a?from=r");
    expect((await navigate(at("/r1"))).result).toEqual({ url: at("/a"), status: 200 });
  });

  test("a page that goes on by script is followed", async () => {
    rig.site.page("/hop", "<script>location.replace('/b')</script><img src=/never.png>");
    expect((await navigate(at("/hop"))).result).toEqual({ url: at("/b"), status: 200 });
  });

  test("error documents resolve with their status and stay scriptable", async () => {
    expect((await navigate(at("/missing"))).result).toEqual({ url: at("/missing"), status: 404 });
    expect((await rig.run("textContent", { selector: "#missing" })).result).toEqual({ text: "Not here" });
    const teapot = rig.site.page("/empty", "", { status: 503 });
    rig.site.answer("/empty", (_request, response) => response.writeHead(503).end());
    expect((await navigate(teapot)).result).toMatchObject({ status: 503 });
  });

  test("a challenge that sets a cookie and reloads passes", async () => {
    rig.site.answer("/challenge", (request, response) => {
      const passed = request.headers.cookie?.includes("ok=1");
      response.writeHead(passed ? 200 : 403, { "content-type": "text/html" });
      response.end(passed ? "<p id=in>in</p>" : "<script>document.cookie='ok=1'; location.reload()</script>");
    });
    await navigate(at("/challenge"));
    expect((await rig.run("waitForSelector", { selector: "#in" })).result).toEqual({});
  });

  test("what does not load is navigation_failed, with the reason", async () => {
    const dns = await navigate("http://nowhere.invalid/path?q=1");
    expect(dns.error).toMatchObject({
      code: "navigation_failed",
      details: { reason: "dns", url: "http://nowhere.invalid/path" },
    });
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    expect((await navigate(`http://127.0.0.1:${port}/`)).error?.details?.reason).toBe("refused");
    rig.site.answer("/cut", (request) => void request.socket.destroy());
    expect((await navigate(at("/cut"))).error?.details?.reason).toBe("connection");
    rig.site.redirect("/loop", "/loop");
    expect((await navigate(at("/loop"))).error?.details?.reason).toBe("redirects");
    rig.site.answer("/nothing", (_request, response) => response.writeHead(204).end());
    expect((await navigate(at("/nothing"))).error?.details?.reason).toBe("aborted");
    expect((await navigate(at("/a"))).result).toMatchObject({ status: 200 });
  });

  test("a server that never answers: one timeout, and the page works on", async () => {
    rig.site.answer("/silent", () => {});
    expect((await navigate(at("/silent"), { timeout: 200 })).error?.code).toBe("timeout");
    expect((await navigate(at("/b"))).result).toEqual({ url: at("/b"), status: 200 });
  });

  test("waitUntil says how far the document must come", async () => {
    const hanging = rig.site.page("/hanging", "<h1>early</h1><img src=/silent>");
    rig.site.answer("/silent", () => {});
    expect((await navigate(hanging, { waitUntil: "commit" })).result).toMatchObject({ status: 200 });
    expect((await navigate(hanging, { waitUntil: "domcontentloaded" })).result).toMatchObject({ status: 200 });
    expect((await navigate(hanging, { timeout: 300 })).error?.code).toBe("timeout");
  });

  const many = process.env.PASSAGE_TESTS === "conformance" ? 100 : 25;
  test("many in a row each end where they were asked to", async () => {
    for (let n = 0; n < many; n++) {
      const url = `${at(n % 2 ? "/a" : "/b")}?n=${n}`;
      expect((await navigate(url, { waitUntil: n % 3 ? "load" : "commit" })).result.url).toBe(url);
    }
  }, 90_000);

  test("an iframe that pushes history all the time changes nothing", async () => {
    rig.site.page(
      "/noise",
      "<script>setInterval(() => history.pushState({}, '', '/noise?' + Math.random()), 5)</script>",
    );
    rig.site.page("/framed", "<iframe src=/noise></iframe><h1>main</h1>");
    const seen: string[] = [];
    const stop = rig.webview.listen((event) => "url" in event && seen.push(event.url));
    expect((await navigate(at("/framed"))).result).toEqual({ url: at("/framed"), status: 200 });
    await rig.until("document.querySelector('iframe').contentWindow.location.search !== ''");
    stop();
    expect(new Set(seen)).toEqual(new Set([at("/framed")]));
    expect((await rig.run("url", {})).result).toEqual({ url: at("/framed") });
  });

  test("only http and https, and only the session's origins", async () => {
    for (const url of ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "chrome://version"]) {
      expect((await navigate(url)).error?.code).toBe("origin_not_allowed");
    }
    expect((await navigate("not an address")).error?.code).toBe("invalid_params");
    rig.origins.pin([rig.site.origin]);
    const other = at("/a").replace("127.0.0.1", "localhost");
    expect((await navigate(other)).error?.code).toBe("origin_not_allowed");
    rig.site.redirect("/away", other);
    expect((await navigate(at("/away"))).error?.code).toBe("origin_not_allowed");
    expect((await rig.run("evaluate", { expression: "document.title" })).error?.code).toBe("origin_not_allowed");
    expect((await rig.run("click", { selector: "#a" })).error?.code).toBe("origin_not_allowed");
    expect((await rig.run("url", {})).result).toEqual({ url: other });
    expect((await navigate(at("/a"))).result).toMatchObject({ status: 200 });
    rig.origins.pin(undefined);
  });
});

describe("waitForURL", () => {
  const wait = (url: string | { pattern: string }, more = {}) =>
    rig.run("waitForURL", { url, timeout: 5_000, ...more });

  test("the whole address or a pattern, now or later", async () => {
    await navigate(at("/a?n=1#x"));
    expect((await wait(at("/a?n=1#x"))).result).toEqual({ url: at("/a?n=1#x") });
    expect((await wait({ pattern: "n=\\d" })).result).toEqual({ url: at("/a?n=1#x") });
    expect((await wait(at("/a"), { timeout: 100 })).error?.code).toBe("timeout");
    const later = wait(at("/b"));
    await rig.webview.evaluate("setTimeout(() => history.pushState({}, '', '/b'), 30); null");
    expect((await later).result).toEqual({ url: at("/b") });
    expect((await wait({ pattern: "(" })).error?.code).toBe("invalid_params");
  });

  test("waitUntil: the load is waited for, unless commit is enough", async () => {
    let finish = () => {};
    rig.site.answer("/slow.png", (_request, response) => {
      finish = () => response.end();
    });
    rig.site.page("/loading", "<img src=/slow.png>");
    await navigate(at("/loading"), { waitUntil: "commit" });
    expect((await wait(at("/loading"), { waitUntil: "commit" })).result).toEqual({ url: at("/loading") });
    expect((await rig.run("waitForNavigation", { urlPattern: "/loading$" })).result).toEqual({ url: at("/loading") });
    expect((await wait(at("/loading"), { timeout: 200 })).error?.code).toBe("timeout");
    const pattern = { urlPattern: "/loading$", waitUntil: "load", timeout: 200 } as const;
    expect((await rig.run("waitForNavigation", pattern)).error?.code).toBe("timeout");
    await rig.site.asked("/slow.png");
    const loaded = wait(at("/loading"));
    finish();
    expect((await loaded).result).toEqual({ url: at("/loading") });
    const reloaded = await rig.run("reload", { waitUntil: "domcontentloaded" });
    expect(reloaded.result).toEqual({ url: at("/loading"), status: 200 });
    await navigate(at("/a"), { waitUntil: "commit" });
    expect(await rig.run("goBack", { waitUntil: "commit" })).toMatchObject({
      result: { url: at("/loading"), status: 200 },
    });
    finish();
  });
});

describe("waitForNavigation", () => {
  test("answers at once when the address matches already", async () => {
    await navigate(at("/a?step=2"));
    expect((await rig.run("waitForNavigation", { urlPattern: "step=\\d$" })).result).toEqual({ url: at("/a?step=2") });
  });

  test.each([
    ["pushState", "history.pushState({}, '', '/go')"],
    ["a call on the prototype", "History.prototype.replaceState.call(history, {}, '', '/go')"],
    ["the Navigation API", "void navigation.navigate('/go', { history: 'push' })"],
    ["a hash", "location.hash = '/go'"],
    [
      "a link",
      "document.body.append(Object.assign(document.createElement('a'), { href: '/go' })); document.querySelector('a').click()",
    ],
    ["history.back", "history.back()"],
  ])("sees %s", async (how, script) => {
    rig.site.page("/go", "gone");
    if (how === "history.back") await navigate(at("/go"));
    await navigate(at("/a"));
    const wait = rig.run("waitForNavigation", { urlPattern: "/go$" });
    await rig.webview.evaluate(`${script}; null`);
    expect((await wait).result.url).toMatch(/\/go$/);
  });

  test("times out, and refuses what is no RE2 pattern", async () => {
    expect((await rig.run("waitForNavigation", { urlPattern: "/never", timeout: 50 })).error?.code).toBe("timeout");
    expect((await rig.run("waitForNavigation", { urlPattern: "(?=x)" })).error?.code).toBe("invalid_params");
    const evil = await rig.run("waitForNavigation", { urlPattern: "(a+)+$|^(x*)*y", timeout: 50 });
    expect(evil.result ?? evil.error?.code).toBeDefined();
  });
});

describe("addresses where a sign-in may have written", () => {
  const token = "Zk9Qw82LmPxR73vTnB5s";
  const login = (path: string) => `${path}?next=%2Faccount&sso=${token}`;
  const bare = (path: string) => ({ result: { url: at(path) } });

  test("[A7] a redirect to a sign-in page is reported by origin and path, each time", async () => {
    rig.site.redirect("/account", login("/login"));
    rig.site.page("/login", "<input name=user><input type=password>");
    for (let n = 0; n < 8; n++) {
      const batch = await rig.send("batch", {
        commands: [
          { command: "navigate", params: { url: at("/account"), waitUntil: n % 2 ? "commit" : "load" } },
          { command: "url", params: {} },
          { command: "navigate", params: { url: at("/b") } },
        ],
      });
      expect(batch.result.results.slice(0, 2)).toMatchObject([bare("/login"), bare("/login")]);
    }
    expect(rig.frames.join()).not.toContain(token);
  });

  test("[A7] also before the form is drawn, when it asks for a user name only, and after it has gone", async () => {
    rig.site.redirect("/account", login("/late"));
    rig.site.page("/late", "<input name=user autocomplete=username>");
    expect(await navigate(at("/account"))).toMatchObject(bare("/late"));
    expect(await rig.run("url", {})).toMatchObject(bare("/late"));
    expect(await rig.run("reload", {})).toMatchObject(bare("/late"));
    await navigate(at("/b"));
    expect(await rig.run("goBack", {})).toMatchObject(bare("/late"));
    rig.site.page("/steps", "<a href='/form?sso=Zk9Qw82LmPxR73vTnB5s'>Sign in</a>");
    rig.site.page("/form", "<input type=password id=p><button onclick='p.remove()'>Next</button>");
    await navigate(at("/steps"));
    await rig.run("click", { selector: "a" });
    expect(await rig.run("waitForURL", { url: { pattern: "/form" } })).toMatchObject(bare("/form"));
    await rig.run("click", { selector: "button" });
    expect(await rig.run("waitForNavigation", { urlPattern: "/form" })).toMatchObject(bare("/form"));
    expect(rig.frames.join()).not.toContain(token);
  });

  test("[A7] where the person went in their turn is reported by origin and path, until the page goes on", async () => {
    await navigate(at("/a"));
    const turn = rig.yield({ conditions: [{ type: "url", pattern: "/b" }] });
    await rig.webview.evaluate(`location.href = "/b?sso=${token}"; null`);
    expect((await turn).result).toMatchObject({ matched: true });
    expect(await rig.run("url", {})).toMatchObject(bare("/b"));
    await rig.value("void history.pushState({}, '', '?page=2')");
    await rig.until("location.search === '?page=2'");
    expect(await rig.run("waitForURL", { url: { pattern: "page=2" } })).toMatchObject({
      result: { url: at("/b?page=2") },
    });
    expect(rig.frames.join()).not.toContain(token);
  });

  test("[A7] what the automation asked for itself is reported whole", async () => {
    rig.site.redirect("/orders", "/orders/?page=2");
    rig.site.page("/orders/", "<h1>x</h1>");
    expect(await navigate(at("/orders?page=2"))).toMatchObject({ result: { url: at("/orders/?page=2") } });
  });
});
