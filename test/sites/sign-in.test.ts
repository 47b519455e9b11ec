import { linkError } from "@passage/automation/failure";
import { pageOver } from "@passage/automation/page";
import { PassageError } from "@passage/protocol/errors";
import { declaredSignIn, type SignInPages, signIn as signInBySteps } from "@passage/providers/steps/sign-in";
import { steps } from "@passage/providers/steps/step";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Rig } from "../../device/test/rig.ts";

/** `signIn()` on a real device, without a server: the automation's requests go to the executor. */
let rig: Rig;
let turns: number;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.run("navigate", { url: rig.site.page("/other", "<p>x</p>") });
  await rig.value("void sessionStorage.clear()");
});

/** Signs in by the steps of a manifest that has no more than these. */
async function signIn(pages: SignInPages): Promise<void> {
  const declared = declaredSignIn(pages);
  const named = Object.entries(steps(declared.steps)).map(([name, { declaration }]) => [name, declaration] as const);
  const manifest = { resource: "account", action: "read", v: 1, steps: Object.fromEntries(named) } as const;
  rig.operations.pin([{ ...manifest, reads: {}, says: [...declared.says] }], (url) => url);
  await page.begin({ operation: "account:read" });
  try {
    await signInBySteps(page, declared);
  } finally {
    rig.operations.pin([], (url) => url);
  }
}

const page = pageOver(async (issued) => {
  if ("yield" in issued) turns++;
  const { result, error } =
    "yield" in issued
      ? await rig.yield(issued.yield)
      : await rig.send(issued.command, issued.params as Record<string, unknown>);
  const { code, message, details } = error ?? {};
  if (message !== undefined) throw new PassageError(code as PassageError["code"], message, details && { details });
  return result;
});

const form = "<form method=post><input id=user><input type=password id=pass><button id=go>Sign in</button></form>";

/** A site whose account and form stand at the same address. */
function pagesAt(path: string, more: Partial<SignInPages> = {}): SignInPages {
  const { origin } = rig.site;
  const troubles = [{ selector: "#wrong", reason: "wrong_credentials", message: "Wrong password." }] as const;
  const all = { site: origin, start: `${origin}${path}`, signedInPath: `${path}$`, form: ["#user", "#pass"], troubles };
  turns = 0;
  return { name: "Shop", ...all, ...more };
}

/** Signs in by hand, once it is the person's turn for the `turn`th time. */
async function submit(password = "good", turn = 1): Promise<void> {
  await expect.poll(() => turns, { timeout: 15_000 }).toBeGreaterThanOrEqual(turn);
  await rig.until("document.querySelector('#pass')");
  // The document may leave at once.
  await rig.webview.evaluate(`document.querySelector("#pass").value = ${JSON.stringify(password)};
    document.querySelector("#go").click(); null`);
}

/** An application that asks who is there, and draws the form or the account `afterMs` later. */
function application(afterMs: number): string {
  return `<main id=root></main><script>
    const account = () => { root.innerHTML = "<h1 id=hello>Hello</h1>" };
    const ask = () => {
      root.innerHTML = ${JSON.stringify(form.replace(" method=post", " id=f"))};
      f.onsubmit = (event) => { event.preventDefault(); const good = pass.value === "good"; root.innerHTML = "<p>…</p>";
        setTimeout(() => { if (good) account(); else { ask(); root.insertAdjacentHTML("beforeend", "<p id=wrong>Wrong</p>") } }, 200) };
    };
    setTimeout(() => sessionStorage.in ? account() : ask(), ${afterMs});
  </script>`;
}

/** A site that returns its form at the account's address. */
function serverSite(path: string): void {
  rig.site.answer(path, async (request, response) => {
    const body = request.method === "POST" ? (await request.setEncoding("utf8").toArray()).join("") : null;
    response.writeHead(200, { "content-type": "text/html" });
    // The head first: the address is the account's before anything can be seen.
    response.write(`<!doctype html><title>x</title>${" ".repeat(1_024)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const isGood = body?.includes("good");
    response.end(
      isGood
        ? "<h1 id=hello>Hello</h1>"
        : form.replace("id=pass", "id=pass name=pass") + (body === null ? "" : "<p id=wrong>No</p>"),
    );
  });
}

test("[A3] an application that draws its form late is no account: the person gets their turn", async () => {
  const pages = pagesAt("/late");
  rig.site.page("/late", application(300));
  const done = signIn(pages);
  await submit();
  await done;
  expect(turns).toBe(1);
  expect(await rig.value("document.querySelector('#hello') !== null")).toBe(true);
});

test("[A3] however late, where the signed-in element is named; a wrong password is noticed there too", async () => {
  const pages = pagesAt("/later", { signedIn: "#hello" });
  rig.site.page("/later", application(2_500));
  const done = signIn(pages);
  await submit("bad");
  await rig.until("document.querySelector('#wrong')");
  await submit("good", 2);
  await done;
});

test("[A3] who is signed in already is not asked, with the element or without", async () => {
  rig.site.page("/in", application(100));
  for (const pages of [pagesAt("/in", { signedIn: "#hello" }), pagesAt("/in")]) {
    await rig.run("navigate", { url: pages.start });
    await rig.value("void (sessionStorage.in = 1)");
    await rig.run("navigate", { url: rig.site.page("/other", "<p>x</p>") });
    await signIn(pages);
    expect(turns).toBe(0);
    expect(await rig.value("document.querySelector('#hello') !== null")).toBe(true);
  }
});

test("[A3] an application that goes to its form late", async () => {
  const pages = pagesAt("/hop");
  rig.site.page("/hop", "<script>setTimeout(() => location.replace('/form'), 300)</script>");
  rig.site.page(
    "/form",
    `${form}<script>document.forms[0].onsubmit = () => { location = "/home"; return false }</script>`,
  );
  rig.site.page("/home", "<a id=go href=/account>Account</a><input id=pass type=hidden>");
  const done = signIn({ ...pages, signedInPath: "/(hop|account)$" });
  rig.site.page("/account", "<h1>Account</h1>");
  await submit();
  await rig.until("location.pathname === '/home'");
  await submit();
  await done;
  expect(turns).toBe(1);
});

test("[A4] a wrong password whose answer stands at the signed-in address is wrong_credentials where that is final", async () => {
  const [trouble] = pagesAt("/final").troubles;
  serverSite("/final");
  const done = signIn(
    pagesAt("/final", { troubles: [{ ...(trouble as NonNullable<typeof trouble>), isFinal: true }] }),
  );
  const outcome = expect(done).rejects.toMatchObject({ details: { reason: "wrong_credentials" } });
  await submit("bad");
  await outcome;
});

test("[A4] where it is not final, giving up then is wrong_credentials, and mending it goes on", async () => {
  serverSite("/mend");
  for (const [second, ends] of [
    ["good", "signed in"],
    ["never", "wrong_credentials"],
  ]) {
    const done = signIn(pagesAt("/mend")).then(
      () => "signed in",
      ({ details }) => details.reason,
    );
    await submit("bad");
    await expect.poll(() => turns, { timeout: 15_000 }).toBe(2);
    if (second === "good") await submit("good");
    else await rig.value(`void passagePost('{"type":"userGaveUp","card":"${rig.overlay.card}"}')`);
    expect(await done).toBe(ends);
    await rig.run("navigate", { url: rig.site.page("/other", "<p>x</p>") });
  }
});

test("[A13] a site that wants the browser's own sign-in is unsupported_login_method", async () => {
  rig.site.answer("/basic", (_request, response) =>
    response
      .writeHead(401, { "www-authenticate": "Basic realm=secret", "content-type": "text/html" })
      .end("<p id=no>no</p>"),
  );
  const error = await signIn(pagesAt("/basic")).catch((thrown) => thrown);
  expect(linkError(error).details).toMatchObject({ reason: "unsupported_login_method" });
});
