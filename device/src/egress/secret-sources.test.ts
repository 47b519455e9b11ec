import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person } from "../../test/person.ts";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
let person: Person;
beforeAll(async () => {
  rig = await Rig.open({ cdpPort: 0 });
  person = await Person.at(rig.host.cdpPort as number);
});
beforeEach(() => {
  rig.refused.length = 0;
});
afterAll(async () => {
  await person.leave();
  await rig.close();
});

let tokens = 0;
/** Random values, the same in each run: about one in 2,500 has too few changes to look random, and its parts are not looked for. */
const token = () => createHash("sha256").update(`token ${tokens++}`).digest().subarray(0, 24).toString("base64url");
const json = (path: string, body: object, headers: Record<string, string> = {}) =>
  rig.site.answer(path, (_request, response) =>
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(body)),
  );
/** In the page's own world, as its scripts would. */
const inPage = (script: string) =>
  rig.webview.evaluate(
    `document.head.append(Object.assign(document.createElement("script"), { textContent: ${JSON.stringify(script)} })); null`,
  );
/** What an automation gets that asks for the value outright. */
const ask = (value: string) =>
  rig.run("evaluate", {
    expression: JSON.stringify({ seen: `it is ${value}.` })
      .replace(/^/, "(")
      .concat(")"),
  });

/** While the field is there the whole page is private; the scan is what guards the pages that come after it. */
const signedIn = () => rig.show("<h1>Your account</h1>");

async function expectBlocked(value: string, name: string | RegExp): Promise<void> {
  const { error, result } = await ask(value);
  expect(result).toBeUndefined();
  expect(error).toMatchObject({ code: "blocked_secret", message: expect.stringMatching(name) });
  expect(JSON.stringify(error)).not.toContain(value);
  expect(rig.frames.join()).not.toContain(value);
}

describe("the device knows", () => {
  test("what a person types into a password field, and not the e-mail beside it", async () => {
    await rig.show("<input name=email type=email><input id=p type=password>");
    await person.type("[name=email]", "ada@lovelace.example");
    await person.type("#p", "correct4horse");
    expect((await ask("correct4horse")).error?.code).toBe("blocked_private");
    await signedIn();
    await expectBlocked("correct4horse", /the password typed on 127\.0\.0\.1/);
    expect((await ask("ada@lovelace.example")).result).toBeDefined();
    const reversed = "[...'correct4horse'].reverse().map((one) => one.charCodeAt(0))";
    expect((await rig.run("evaluate", { expression: reversed })).error?.code).toBe("blocked_secret");
  });

  test("what is typed in a frame of the page, and in an open shadow root", async () => {
    rig.site.page("/framed", "<input id=p type=password>");
    await rig.show(`<iframe id=f src="/framed"></iframe><x-field></x-field><script>
      document.querySelector("x-field").attachShadow({ mode: "open" }).innerHTML = "<input id=s type=password>";
    </script>`);
    await person.type("#s", "shadow7secret");
    await person.typeInFrame("#f", "#p", "framed8secret");
    await signedIn();
    await expectBlocked("shadow7secret", /password typed/);
    await expectBlocked("framed8secret", /password typed/);
  });

  test("what is typed in a frame of another site, and in a window that the page opens", async () => {
    const other = rig.site.page("/other", "<input id=p type=password>").replace("127.0.0.1", "localhost");
    await rig.show(
      `<iframe id=f src="${other}"></iframe><button id=b onclick="open('${other}', 'signin', 'width=300,height=300')">Sign in</button>`,
    );
    await person.typeInFrame("#f", "#p", "another3site");
    await person.typeInPopup("#b", "#p", "popup4window");
    await signedIn();
    await expectBlocked("another3site", /password typed on localhost/);
    await expectBlocked("popup4window", /password typed on localhost/);
  });

  test("a code in boxes of one digit each", async () => {
    await rig.show(`<form>${"<input maxlength=1 inputmode=numeric name=otp>".repeat(6)}</form>
      <script>document.querySelectorAll("input").forEach((box) => box.addEventListener("input", () => box.nextElementSibling?.focus()))</script>`);
    await person.type("input", "730162");
    await signedIn();
    await expectBlocked("730162", /one-time code typed/);
    const digits = "[...'730162']";
    expect((await rig.run("evaluate", { expression: digits })).error?.code).toBe("blocked_secret");
    expect((await ask("$7301.62 for order 17301620")).result).toBeDefined();
  });

  test("cookies, httpOnly too, and only long random ones", async () => {
    const [hidden, written] = [token(), token()];
    rig.site.page("/cookies", "<h1>Hello</h1>", { headers: { "set-cookie": `sid=${hidden}; HttpOnly` } });
    await rig.run("navigate", { url: `${rig.site.origin}/cookies` });
    await inPage(`document.cookie = "own=${written}"; document.cookie = "lang=english"`);
    await expectBlocked(hidden, /cookie sid of 127\.0\.0\.1/);
    await expectBlocked(hidden.slice(5, 25), /cookie sid/);
    await expectBlocked(written, /cookie own/);
    expect((await ask("english")).result).toEqual({ value: { seen: "it is english." } });
  });

  test("the headers that sign a request", async () => {
    const [bearer, csrf] = [token(), token()];
    json("/api", {});
    await rig.show("<h1>Hello</h1>");
    await inPage(
      `fetch("/api", { headers: { authorization: "Bearer ${bearer}", "x-csrf-token": "${csrf}" } }).then(() => document.title = "sent")`,
    );
    await rig.until("document.title === 'sent'");
    await expectBlocked(bearer, /authorization header/i);
    await expectBlocked(csrf, /x-csrf-token header/i);
  });

  test("what looks like a token in the site's storage", async () => {
    const [access, inside] = [token(), token()];
    await rig.show("<h1>Hello</h1>");
    await inPage(`localStorage.setItem("access_token", "${access}"); localStorage.setItem("theme", "dark mode");
      sessionStorage.setItem("state", JSON.stringify({ user: { name: "Ada", refreshToken: "${inside}" } }))`);
    await expectBlocked(access, /storage entry access_token/);
    await expectBlocked(inside, /storage entry state/);
    expect((await ask("dark mode")).result).toBeDefined();
    await inPage("localStorage.clear(); sessionStorage.clear()");
    await expectBlocked(access, /storage entry access_token/);
  });

  test("the token fields of responses, and of an answer with several secrets each name", async () => {
    const [access, id] = [token(), token()];
    json("/oauth/token", { access_token: access, idToken: id, plan: "unlimited-plus", code: "USD" });
    await rig.show("<h1>Hello</h1>");
    await inPage(
      `fetch("/oauth/token").then((answer) => answer.json()).then((answer) => document.title = answer.plan)`,
    );
    await rig.until("document.title === 'unlimited-plus'");
    await expectBlocked(access, /response field access_token/);
    await expectBlocked(Buffer.from(id).toString("base64"), /response field idToken/);
    const { error } = await ask(`${access} and ${id}`);
    expect(error?.details?.names).toEqual(["response field access_token", "response field idToken"]);
    expect((await ask("unlimited-plus USD")).result).toBeDefined();
    expect(rig.refused).toContain("response field access_token");
  });

  test("the codes in an address, which is told without them", async () => {
    const code = token();
    rig.site.page("/callback", "<h1>Back</h1>");
    const { result } = await rig.run("navigate", { url: `${rig.site.origin}/callback?page=2&code=${code}` });
    expect(result).toEqual({ url: `${rig.site.origin}/callback?page=2&code=`, status: 200 });
    await expectBlocked(code, /code in a URL/);
    expect((await rig.run("evaluate", { expression: "location.href" })).error?.code).toBe("blocked_secret");
  });
});

test("an answer that was refused is refused again, and a later one is not", async () => {
  await rig.show("<input id=p type=password>");
  await person.type("#p", "once9refused");
  await signedIn();
  const again = () => rig.run("evaluate", { expression: "'once9' + 'refused'" }, "cmd_again");
  expect((await again()).error?.code).toBe("blocked_secret");
  expect((await again()).error?.code).toBe("blocked_secret");
  expect((await ask("Your bill")).result).toBeDefined();
});
