import type { Framework } from "../../../device/test/frameworks.ts";
import { frameOf, type LoginForm, plainFields } from "./form.ts";
import { frameworkForm } from "./frameworks.ts";
import { unusualForms } from "./unusual.ts";

const framework = (name: Framework): LoginForm => ({ name, html: () => frameworkForm(name) });
const boxes = `${"<input name=code maxlength=1 inputmode=numeric>".replace("<input", "<input id=code")}${"<input name=code maxlength=1 inputmode=numeric>".repeat(5)}`;

const usualForms: readonly LoginForm[] = [
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
    outOfReach: ["password", "answer", "code"],
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

export const forms: readonly LoginForm[] = [...usualForms, ...unusualForms];
