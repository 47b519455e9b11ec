import { build } from "esbuild";

/** The same form, once a framework: a controlled text field, a checkbox, a select and a mask, with their state written out. */
export const frameworks = ["react18", "react19", "vue", "preact"] as const;
export type Framework = (typeof frameworks)[number];

const jsx = (imports: string, mount: string) => `${imports}
  function Form() {
    const [name, setName] = useState("");
    const [agreed, setAgreed] = useState(false);
    const [plan, setPlan] = useState("a");
    const [notes, setNotes] = useState("");
    const state = JSON.stringify({ name, agreed, plan, notes });
    return h("main", null,
      h("input", { id: "name", value: name, [onText]: (e) => setName(e.target.value) }),
      h("input", { id: "agreed", type: "checkbox", checked: agreed, onChange: (e) => setAgreed(e.target.checked) }),
      h("select", { id: "plan", value: plan, onChange: (e) => setPlan(e.target.value) },
        h("option", { value: "a" }, "Plan A"), h("option", { value: "b" }, "Plan B")),
      h("textarea", { id: "notes", value: notes, [onText]: (e) => setNotes(e.target.value) }),
      h("p", { id: "state" }, state));
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
    "render(h(Form), document.body);",
  ),
  vue: `import { createApp } from "vue/dist/vue.esm-bundler.js";
    createApp({
      data: () => ({ name: "", agreed: false, plan: "a", notes: "" }),
      template: \`<main><input id="name" :value="name" @input="name = $event.target.value">
        <input id="agreed" type="checkbox" v-model="agreed">
        <select id="plan" v-model="plan"><option value="a">Plan A</option><option value="b">Plan B</option></select>
        <textarea id="notes" v-model="notes"></textarea>
        <p id="state">{{ JSON.stringify({ name, agreed, plan, notes }) }}</p></main>\`,
    }).mount(document.body.appendChild(document.createElement("div")));`,
};

/** A page with the form. */
export function frameworkPage(framework: Framework): Promise<string> {
  return pageOf(framework, sources[framework]);
}

/** A page that runs the source; react 18 is what the bundler takes for react there. */
export async function pageOf(framework: Framework, contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "js" },
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    ...(framework === "react18" && { alias: { react: "react18", "react-dom": "react-dom18" } }),
  });
  const script = outputFiles[0]?.text.replaceAll("</script", "<\\/script");
  return `<body><script>${script}</script>`;
}
