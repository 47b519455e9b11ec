import { text } from "node:stream/consumers";
import type { Site } from "../../../device/test/site.ts";

const json = { "content-type": "application/json" };

/**
 * A site that makes it easy: it writes what is typed into attributes, as React does, shows it on demand, puts it into addresses,
 * keeps it in its API and echoes it in responses.
 */
export function serveHome(site: Site): void {
  site.page("/login", login());
  site.page("/login-get", login("method=get action=/account"));
  site.page("/window", `<title>Sign in</title><input id=password type=password>`);
  site.page(
    "/with-window",
    `<title>Home</title><h1>Home</h1><button id=open onclick="open('/window', 'signin', 'width=300,height=300')">Sign in</button>`,
  );
  site.page("/with-frame", `<title>Home</title><h1>Home</h1><iframe src="${elsewhere(site)}/window"></iframe>`);
  site.page("/frame-here", `<title>Home</title><h1>Home</h1><iframe src="/window"></iframe>`);
  site.page(
    "/later",
    `<title>Shop</title><h1>Shop</h1><button id=open>Sign in</button><div id=root></div>
    <script>document.querySelector("#open").onclick = () => (root.innerHTML = "<input id=password type=password>")</script>`,
  );
  site.page(
    "/change",
    `<title>Change</title><label>New <input id=password type=password></label><label>Again <input id=again type=password></label>
    <input id=third type=password><p id=match></p><script>
    const look = () => (match.textContent = [again, third].some(({ value }) => value === password.value) ? "Passwords match" : "They differ");
    for (const field of [password, again, third]) field.oninput = look;</script>`,
  );
  site.page(
    "/shown",
    `<title>You</title><h1></h1><script>document.querySelector("h1").textContent = localStorage.kept</script>`,
  );
  site.page(
    "/account",
    `<title>Account</title><h1 id=title>Account</h1><input id=search aria-label=Search><input id=note>`,
  );
  let last = "";
  site.answer("/session", async (request, response) => {
    last = await text(request);
    response.writeHead(200, json).end(JSON.stringify({ status: "ok", given: last }));
  });
  site.answer("/api/profile", (_request, response) =>
    response.writeHead(200, json).end(JSON.stringify({ given: last })),
  );
  site.answer("/collect", (_request, response) => response.writeHead(204).end());
}

export function elsewhere(site: { readonly origin: string }): string {
  return site.origin.replace("127.0.0.1", "localhost");
}

const login = (form = "") => `<title>Sign in</title><h1>Sign in</h1>
  <form id=form ${form}>
    <label>User name <input id=user name=user></label>
    <label>Password <input id=password name=password type=password style="background: #f0f; color: #f0f"></label>
    <button type=button id=show onclick="password.type = 'text'">Show</button><button id=go>Sign in</button></form>
  <p id=hint></p><div id=cover hidden></div><select id=plan><option>a<option>b</select><input id=note aria-label=Note>
  <script>
    password.oninput = () => {
      password.setAttribute("value", password.value);
      password.setAttribute("aria-valuetext", password.value);
      password.dataset.typed = password.value;
      password.style.setProperty("--typed", password.value);
    };
    if (!form.action.includes("/account")) form.onsubmit = (event) => {
      event.preventDefault();
      fetch("/session", { method: "POST", body: password.value }).then((answer) => answer.text()).then(() => location.href = "/account");
    };
  </script>`;
