import type { Frame } from "playwright-core";
import { type TypedPlace, typedPlaces } from "../canaries.ts";
import { frameOf, type LoginForm, plainFields } from "./form.ts";

const digits = "0123456789";
/** The HTML as a string in a script. */
const quoted = (html: string) => JSON.stringify(html).replaceAll("</", "<\\/");
/** Sites repeat what was typed on the pages after: without that nothing could come to what a page keeps to itself. */
const echo = "sessionStorage.setItem('echo', JSON.stringify([values.password, values.answer, values.code]));";

/** For one field the person does something else than to type into it. */
const instead =
  (of: TypedPlace, act: (fields: Frame, value: string) => Promise<void>): NonNullable<LoginForm["give"]> =>
  async (fields, place, value) => {
    if (place !== of) return false;
    const isEmpty = await fields.locator(`#${of}`).evaluate((field) => (field as HTMLInputElement).value === "");
    if (isEmpty) await act(fields, value);
    return true;
  };

/** Forms that a script takes from the person in a way of its own. */
export const unusualForms: readonly LoginForm[] = [
  {
    name: "keypad",
    html: () =>
      `${plainFields("<input id=code name=code readonly>")}${[...digits]
        .map((digit) => `<button type=button class=key onclick="code.value += '${digit}'">${digit}</button>`)
        .join("")}`,
    give: instead("code", async (fields, value) => {
      for (const digit of value) await fields.click(`.key:text-is("${digit}")`);
    }),
  },
  {
    name: "lists of digits",
    html: () => {
      const list = `<select name=code>${["", ...digits].map((digit) => `<option>${digit}`).join("")}</select>`;
      return plainFields(list.repeat(6).replace("<select", "<select id=code"));
    },
    give: instead("code", async (fields, value) => {
      for (const [at, digit] of [...value].entries()) {
        await fields.locator("[name=code]").nth(at).focus();
        await fields.page().keyboard.type(digit);
      }
    }),
  },
  {
    name: "split boxes without limits",
    html: () => `${plainFields("<input name=code>".repeat(6).replace("<input", "<input id=code"))}<script>
      for (const box of document.querySelectorAll("[name=code]")) box.oninput = () => box.nextElementSibling?.focus();</script>`,
  },
  {
    name: "masked by style",
    html: () => `<style>.dots { -webkit-text-security: disc } .clear { color: transparent }</style><form id=form>
      <label>Member <input id=user name=user></label><input id=password name=password class=dots>
      <textarea id=answer name=answer class=dots></textarea><input id=code name=code class=clear><button id=go>Sign in</button></form>
      <script>form.onsubmit = (event) => { event.preventDefault(); submit(Object.fromEntries(new FormData(form))) }</script>`,
  },
  {
    name: "rewritten document",
    html: () => `<script>const rewrite = () => {
      if (document.documentElement.dataset.state !== "ready") return setTimeout(rewrite, 10);
      document.open(); document.write(${quoted(`<html data-state=ready><body>${plainFields()}`)}); document.close();
    }; rewrite()</script>`,
  },
  {
    name: "closed shadow root",
    html: () => `<sign-in style="display:inline-block"></sign-in><button id=go>Sign in</button><script>
      const host = document.querySelector("sign-in"), root = host.attachShadow({ mode: "closed" });
      root.innerHTML = ${quoted("<input id=user><input id=password type=password><input id=answer><input id=code>")};
      host.onclick = () => root.querySelector("#user").focus();
      root.oninput = ({ target }) => host.classList.add(target.id);
      go.onclick = () => {
        const values = Object.fromEntries([...root.querySelectorAll("input")].map(({ id, value }) => [id, value]));
        ${echo}
        submit(values);
      };</script>`,
    async give(fields, place, value) {
      const filled = await fields.locator("sign-in").getAttribute("class");
      if (filled?.includes(place)) return true;
      const { keyboard } = fields.page();
      await fields.click("sign-in");
      for (let at = 0; at < typedPlaces.indexOf(place); at++) await keyboard.press("Tab");
      await keyboard.type(value);
      return true;
    },
    // Identifiers are not echoed.
    outOfReach: ["user"],
  },
  {
    name: "IndexedDB",
    html: () => `${plainFields()}<script>
      fetch(location.pathname.replace("/login/", "/session/")).then((answer) => answer.json()).then(({ access_token }) => {
        const opening = indexedDB.open("account", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("tokens");
        opening.onsuccess = () => opening.result.transaction("tokens", "readwrite").objectStore("tokens").put(access_token, "mine");
      })</script>`,
  },
  {
    name: "single page",
    html: () => `${plainFields()}<script>
      form.onsubmit = async (event) => {
        event.preventDefault();
        const values = Object.fromEntries(new FormData(form));
        await fetch(location.pathname.replace("/login/", "/submit/"), { method: "POST", body: JSON.stringify(values) }).then((answer) => answer.json());
        history.pushState({}, "", "/account");
        form.remove();
        delete values.user;
        const title = Object.assign(document.createElement("h1"), { id: "title", textContent: "Your bills" });
        title.dataset.kept = JSON.stringify(values);
        document.body.append(title);
      }</script>`,
  },
  {
    name: "frame of another site in a frame",
    html: ({ foreignFields }) =>
      `<iframe width=400 height=340 srcdoc="<script>onmessage = ({ data }) => parent.postMessage(data, '*')</script><iframe src='${foreignFields}' width=380 height=300></iframe>"></iframe>`,
    within: "frame=iframe >> frame=iframe >> ",
    outOfReach: ["password", "answer", "code"],
    async open(page) {
      const middle = await frameOf(page);
      const inner = await (await middle.waitForSelector("iframe")).contentFrame();
      if (!inner) throw new Error("The inner frame has no document");
      return inner;
    },
  },
  {
    name: "passkey refused",
    html: () => `<main></main><template>${plainFields().replace(/<script>.*<\/script>/s, "")}</template><script>
      navigator.credentials.get({ publicKey: { challenge: new Uint8Array(16), timeout: 1000 } }).catch(() => {
        document.querySelector("main").append(document.querySelector("template").content);
        form.onsubmit = (event) => { event.preventDefault(); submit(Object.fromEntries(new FormData(form))) };
      })</script>`,
  },
  {
    name: "QR code",
    html: () => `<div id=qr></div><button id=instead type=button>Use a password</button><main hidden>${plainFields()}</main><script>
      fetch(location.pathname.replace("/login/", "/session/")).then((answer) => answer.json()).then(({ access_token }) => {
        qr.innerHTML = '<svg viewBox="0 0 9 9" width=180 data-link="https://shop.example/in#' + access_token + '">' +
          [...access_token].map((letter, at) => letter.charCodeAt(0) % 2 ? '<rect x=' + at % 9 + ' y=' + (at / 9 | 0) + ' width=1 height=1></rect>' : '').join("") + '</svg>';
      });
      instead.onclick = () => document.querySelector("main").hidden = false</script>`,
    async open(page) {
      await page.click("#instead");
      return page.mainFrame();
    },
  },
];
