import { createElement as h, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { bills, signIn } from "./account.js";

function App() {
  const [list, setList] = useState(undefined);
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const load = () => bills().then(setList);
  useEffect(() => void load(), []);
  if (list === undefined) return h("p", null, "…");
  if (list)
    return h(
      "main",
      null,
      h("h1", null, "Bills"),
      h(
        "ul",
        null,
        list.map((bill) => h("li", { key: bill.month }, bill.month, h("b", null, bill.amount))),
      ),
    );
  const submit = async (event) => {
    event.preventDefault();
    if (await signIn(user, password)) await load();
  };
  return h(
    "form",
    { onSubmit: submit },
    h("input", { id: "user", value: user, onChange: (event) => setUser(event.target.value) }),
    h("input", {
      id: "password",
      type: "password",
      value: password,
      onChange: (event) => setPassword(event.target.value),
    }),
    h("button", { id: "go", type: "submit" }, "Sign in"),
  );
}

createRoot(document.querySelector("main")).render(h(App));
