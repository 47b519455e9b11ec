import { createApp, h, reactive } from "vue";
import { bills, signIn } from "./account.js";

const App = {
  setup() {
    const state = reactive({ list: undefined, user: "", password: "" });
    const load = async () => {
      state.list = await bills();
    };
    void load();
    const submit = async (event) => {
      event.preventDefault();
      if (await signIn(state.user, state.password)) await load();
    };
    const field = (name, type) =>
      h("input", {
        id: name,
        type,
        value: state[name],
        onInput: (event) => {
          state[name] = event.target.value;
        },
      });
    return () => {
      if (state.list === undefined) return h("p", "…");
      if (state.list)
        return h("main", [
          h("h1", "Bills"),
          h(
            "ul",
            state.list.map((bill) => h("li", [bill.month, h("b", bill.amount)])),
          ),
        ]);
      return h("form", { onSubmit: submit }, [
        field("user", "text"),
        field("password", "password"),
        h("button", { id: "go" }, "Sign in"),
      ]);
    };
  },
};

createApp(App).mount("main");
