import type { Frame, Page } from "playwright-core";
import type { Framework } from "../../../device/test/frameworks.ts";
import type { Place } from "../canaries.ts";
import { frameworkForm } from "./frameworks.ts";

/** Addresses of the fixture site that forms need. */
export interface FormSite {
  /** The fields alone, on the site's own origin. */
  readonly fields: string;
  /** The same on the origin of another site. */
  readonly foreignFields: string;
}

/** A sign-in as one kind of site builds it. Its fields have the ids user, password, answer and code; its button is go. */
export interface LoginForm {
  readonly name: string;
  /** The body of the page at the login address. Scripts in it may call `submit(values)`. */
  html(site: FormSite): string | Promise<string>;
  /** What a selector of a field begins with: the frame that it is in. */
  readonly within?: string;
  /** The frame or window where the person finds the fields; the main frame unless given. */
  open?(page: Page): Promise<Frame>;
  /** What no command comes to, gate or no gate: the control is then what the page itself holds. */
  readonly outOfReach?: readonly Place[];
}

const framework = (name: Framework): LoginForm => ({ name, html: () => frameworkForm(name) });
const frameOf = async (page: Page) => {
  const frame = await (await page.waitForSelector("iframe")).contentFrame();
  if (!frame) throw new Error("The frame has no document");
  return frame;
};

/** The fields as plain HTML. */
export const plainFields = (code = "<input id=code name=code inputmode=numeric>") => `<form id=form>
  <label>User name <input id=user name=user></label>
  <label>Password <input id=password name=password type=password></label>
  <label>Your first pet's name <input id=answer name=answer autocomplete=off></label>
  <label>Verification code ${code}</label><button id=go>Sign in</button></form>
  <script>form.onsubmit = (event) => {
    event.preventDefault();
    const data = new FormData(form);
    submit(Object.fromEntries([...new Set(data.keys())].map((name) => [name, data.getAll(name).join("")])));
  }</script>`;

const boxes = `${"<input name=code maxlength=1 inputmode=numeric>".replace("<input", "<input id=code")}${"<input name=code maxlength=1 inputmode=numeric>".repeat(5)}`;

export const forms: readonly LoginForm[] = [
  { name: "plain HTML", html: () => plainFields() },
  framework("react18"),
  framework("react19"),
  framework("vue"),
  framework("preact"),
  {
    name: "web components",
    html: () => `<sign-in></sign-in><script>
      const labels = { user: "User name", password: "Password", answer: "Your first pet's name", code: "Verification code" };
      customElements.define("one-field", class extends HTMLElement {
        connectedCallback() {
          const { id } = this.dataset;
          this.attachShadow({ mode: "open" }).innerHTML =
            \`<label>\${labels[id]} <input id="\${id}" type="\${id === "password" ? "password" : "text"}"></label>\`;
        }
        get value() { return this.shadowRoot.querySelector("input").value; }
      });
      customElements.define("sign-in", class extends HTMLElement {
        connectedCallback() {
          const root = this.attachShadow({ mode: "open" });
          root.innerHTML = Object.keys(labels).map((id) => \`<one-field data-id="\${id}"></one-field>\`).join("") + "<button id=go>Sign in</button>";
          root.querySelector("button").onclick = () =>
            submit(Object.fromEntries([...root.querySelectorAll("one-field")].map((field) => [field.dataset.id, field.value])));
        }
      });
    </script>`,
  },
  {
    name: "frame of the same origin",
    html: ({ fields }) => `<h1>Sign in</h1><iframe src="${fields}" width=380 height=300></iframe>`,
    within: "frame=iframe >> ",
    open: frameOf,
  },
  {
    name: "frame of another site",
    html: ({ foreignFields }) => `<h1>Sign in</h1><iframe src="${foreignFields}" width=380 height=300></iframe>`,
    within: "frame=iframe >> ",
    outOfReach: ["password", "answer", "code", "token after sign-in"],
    open: frameOf,
  },
  {
    name: "contenteditable",
    html: () => `<style>[contenteditable] { border: 1px solid; min-height: 20px }</style>
      ${["User name", "Password", "Your first pet's name", "Verification code"]
        .map(
          (label, at) =>
            `<div id=${["user", "password", "answer", "code"][at]} contenteditable role=textbox aria-label="${label}"></div>`,
        )
        .join("")}
      <button id=go>Sign in</button><script>go.onclick = () =>
        submit(Object.fromEntries([...document.querySelectorAll("[contenteditable]")].map((field) => [field.id, field.innerText])))</script>`,
  },
  {
    name: "split code boxes",
    html: () => `${plainFields(boxes)}<script>
      for (const box of document.querySelectorAll("[maxlength]")) box.oninput = () => box.nextElementSibling?.focus();</script>`,
  },
  {
    name: "popup",
    html: ({ foreignFields }) =>
      `<h1>Sign in</h1><button id=open onclick="open('${foreignFields}', 'signin', 'width=400,height=500')">With your account</button>`,
    outOfReach: ["user", "password", "answer", "code", "token after sign-in"],
    async open(page) {
      const [popup] = await Promise.all([page.waitForEvent("popup"), page.click("#open")]);
      await popup.waitForSelector("#go");
      return popup.mainFrame();
    },
  },
];
