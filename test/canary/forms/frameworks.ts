import { type Framework, pageOf } from "../../../device/test/frameworks.ts";

/** A sign-in form whose fields are the framework's state: what is typed is in its memory, and in React's case in the HTML. */
export function frameworkForm(framework: Framework): Promise<string> {
  return pageOf(framework, sources[framework]);
}

const fields = `[["user", "User name"], ["password", "Password"], ["answer", "Your first pet's name"], ["code", "Verification code"]]`;
const empty = `{ user: "", password: "", answer: "", code: "" }`;

const jsx = (imports: string, mount: string) => `${imports}
  function Form() {
    const [values, setValues] = useState(${empty});
    return h("main", null,
      ${fields}.map(([id, label]) => h("label", { key: id }, label, h("input", {
        id, type: id === "password" ? "password" : "text", value: values[id],
        [onText]: (event) => { const { value } = event.target; setValues((now) => ({ ...now, [id]: value })); },
      }))),
      h("button", { id: "go", onClick: () => submit(values) }, "Sign in"));
  }
  ${mount}`;

const react = jsx(
  `import { createElement as h, useState } from "react"; import { createRoot } from "react-dom/client"; const onText = "onChange";`,
  "createRoot(document.body.appendChild(document.createElement('div'))).render(h(Form));",
);

const sources: Readonly<Record<Framework, string>> = {
  react18: react,
  react19: react,
  preact: jsx(
    `import { h, render } from "preact"; import { useState } from "preact/hooks"; const onText = "onInput";`,
    "render(h(Form), document.body.appendChild(document.createElement('div')));",
  ),
  vue: `import { createApp } from "vue/dist/vue.esm-bundler.js";
    createApp({
      data: () => ({ fields: ${fields}, values: ${empty} }),
      methods: { go() { submit({ ...this.values }); } },
      template: \`<main><label v-for="[id, label] in fields" :key="id">{{ label }}
        <input :id="id" :type="id === 'password' ? 'password' : 'text'" :value="values[id]" @input="values[id] = $event.target.value"></label>
        <button id="go" @click="go">Sign in</button></main>\`,
    }).mount(document.body.appendChild(document.createElement("div")));`,
};
