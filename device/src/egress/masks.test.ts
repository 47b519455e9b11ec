import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectOf } from "../../test/object-shape.ts";
import { Person } from "../../test/person.ts";
import { Rig } from "../../test/rig.ts";
import { mask, masking } from "./masks.ts";
import { Secrets } from "./secrets.ts";
import { Taint } from "./taint.ts";

let rig: Rig;
let person: Person;
beforeAll(async () => {
  rig = await Rig.open({ cdpPort: 0 });
  person = await Person.at(rig.host.cdpPort as number);
});
afterAll(async () => {
  await person.leave();
  await rig.close();
});

const token = () => `${randomBytes(18).toString("base64").slice(0, 22)}/+${randomBytes(2).toString("hex")}=`;
const body = (path: string, text: string, type = "application/json") =>
  rig.site.answer(path, (_request, response) => response.writeHead(200, { "content-type": type }).end(text));

describe("a whole document or body leaves with its secrets masked", () => {
  test("content of a page with a CSRF token in an inline script, a meta tag and a field", async () => {
    const [script, meta, field] = [token(), token(), token()];
    await rig.show(`<meta name=csrf-token content="${meta}"><h1>Your bills</h1><p>$42.00</p>
      <script>window.app = { csrfToken: ${JSON.stringify(script)} }</script>
      <form><input type=hidden name=authenticity_token value="${field}"></form>`);
    const { result } = await rig.run("content", {});
    expect(result.html).toContain("<h1>Your bills</h1><p>$42.00</p>");
    expect(result.html).toContain(`csrfToken: "${mask}"`);
    expect(result.html).toContain(`content="${mask}"`);
    for (const one of [script, meta, field]) expect(rig.frames.join()).not.toContain(one);
    const form = await rig.run("innerHTML", { selector: "form" });
    expect(form.result).toEqual({ html: `<input type="hidden" name="authenticity_token" value="${mask}">` });
    expect((await rig.run("getAttribute", { selector: "input", name: "value" })).error?.code).toBe("blocked_secret");
  });

  test("a token that a script of the page put there, and that no request carried", async () => {
    const made = token();
    body(
      "/made.js",
      `document.querySelector("input").setAttribute("value", ${JSON.stringify(made)})`,
      "text/javascript",
    );
    await rig.show(`<h1>Hello</h1><input type=hidden name=csrf><script src="/made.js"></script>`);
    const { result } = await rig.run("innerHTML", { selector: "body" });
    expect(result.html).toContain(`value="${mask}"`);
    expect(result.html).not.toContain(made);
  });

  test("fetchInPage, as text, as JSON, and a part of it", async () => {
    const [csrf, access] = [token(), token()];
    await rig.show("<h1>Hello</h1>");
    body("/page", `<script>var csrf_token='${csrf}'</script><b>$42.00</b>`, "text/html");
    body("/api/me", JSON.stringify({ name: "Ada", auth: { accessToken: access }, bills: [{ due: "2026-11-21" }] }));
    const html = await rig.run("fetchInPage", { url: "/page" });
    expect(html.result.body).toBe(`<script>var csrf_token='${mask}'</script><b>$42.00</b>`);
    const text = await rig.run("fetchInPage", { url: "/api/me" });
    expect(JSON.parse(text.result.body)).toEqual({
      name: "Ada",
      auth: { accessToken: mask },
      bills: [{ due: "2026-11-21" }],
    });
    const json = await rig.run("fetchInPage", { url: "/api/me", as: "json" });
    expect(json.result.body).toEqual(JSON.parse(text.result.body));
    const tokenAlone = objectOf({ auth: objectOf({ accessToken: { leaf: "text", max: 100, digits: true } }) });
    const auth = await rig.run("fetchInPage", { url: "/api/me", schema: tokenAlone });
    expect(auth.result.body).toEqual({ auth: { accessToken: mask } });
    const batch = await rig.send("batch", {
      commands: [
        { command: "title", params: {} },
        { command: "fetchInPage", params: { url: "/page" } },
      ],
    });
    expect(batch.result.results[1].result.body).toContain(mask);
    expect(rig.frames.join()).not.toContain(access);
    expect(rig.frames.join()).not.toContain(csrf);
  });

  test("a body that is waited for", async () => {
    const access = token();
    body("/oauth/token", JSON.stringify({ access_token: access, plan: "unlimited" }));
    await rig.show(`<h1>Hello</h1><script>fetch("/oauth/token")</script>`);
    const { result } = await rig.run("waitForResponse", { url: "/oauth/token", captureBody: true });
    expect(JSON.parse(result.body)).toEqual({ access_token: mask, plan: "unlimited" });
  });

  test("but not when it is written in another way too", async () => {
    const csrf = token();
    const encoded = Buffer.from(`csrf=${csrf}`).toString("base64");
    await rig.show(`<meta name=csrf-token content="${csrf}"><p data-x="${encoded}">$42.00</p>`);
    const { error } = await rig.run("content", {});
    expect(error).toMatchObject({ code: "blocked_secret", details: { reason: "token" } });
    expect(JSON.stringify(error)).not.toContain(csrf);
  });

  test("but not what a person typed, nor what could be guessed", async () => {
    await rig.show("<input id=p type=password>");
    await person.type("#p", "correct7horse");
    body("/api/echo", JSON.stringify({ token: "correct7horse" }));
    body("/api/otp", JSON.stringify({ otp: "730162", bill: "$42.00" }));
    await rig.show("<h1>Hello</h1>");
    const echo = await rig.run("fetchInPage", { url: "/api/echo" });
    expect(echo.error).toMatchObject({ code: "blocked_secret", details: { reason: "typed" } });
    const otp = await rig.run("fetchInPage", { url: "/api/otp" });
    expect(otp.error).toMatchObject({ code: "blocked_secret", details: { reason: "token" } });
  });
});

test("a masked text holds nothing of the secret that a search finds, or is not sent", () => {
  const letters = fc.constantFrom(..."abcdefghijkmnpqrstuvwxyzABCDEFGHIJKLMNPQRSTUVWXYZ23456789/+=._-&<>'\"");
  const secret = fc.array(letters, { minLength: 20, maxLength: 40 }).map((all) => all.join(""));
  const surroundings = fc.string({ maxLength: 40 });
  fc.assert(
    fc.property(secret, secret, fc.array(surroundings, { minLength: 3, maxLength: 3 }), (one, other, [a, b, c]) => {
      const secrets = new Secrets();
      if (!secrets.addToken("one", one) || !secrets.addToken("other", other)) return;
      const taint = new Taint(secrets);
      const page = `${a}${JSON.stringify(one)}${b}${one}${other}${c}`;
      const change = masking(taint.secretsIn([page], "answer", { again: true }));
      if (change) expect(taint.find([change(page)], "answer", { again: true })).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
