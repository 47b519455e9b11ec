import type { Command } from "./command.ts";
import { findAndAct } from "./find.ts";

export const click: Command<"click"> = async (context, { selector }) => {
  const { page } = context;
  const input = page.webview.trustedInput;
  await findAndAct(context, { selector, need: "clickable" }, async (ready) => {
    if (input && ready.point) {
      await input.click(ready.point);
      return { kind: "done", value: null };
    }
    const clicked = await page.call("click", ready.handle);
    if (clicked.kind === "gone") return { kind: "done", value: null };
    return clicked.value.kind === "done" ? { kind: "done", value: null } : clicked.value;
  });
  return {};
};
