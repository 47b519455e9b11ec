import { readKey } from "../keys.ts";
import type { Keystroke } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";
import { findAndAct } from "./find.ts";

export const press: Command<"press"> = async (context, { selector, key }) => {
  const { page, origins, progress } = context;
  const stroke = readKey(key, page.webview.userAgent.includes("Mac OS X"));
  if (selector === undefined) {
    origins.demand(page.url());
    await progress.race(strike(context, stroke));
    return {};
  }
  await findAndAct(context, { selector, need: "focusable" }, async (ready) => {
    const focused = await page.call("focus", ready.handle);
    if (focused.kind === "gone") return focused;
    if (focused.value.kind === "retry") return focused.value;
    await strike(context, stroke);
    return { kind: "done", value: null };
  });
  return {};
};

/** A page that leaves at the key has had it. */
async function strike({ page }: CommandContext, stroke: Keystroke): Promise<void> {
  const { trustedInput } = page.webview;
  if (trustedInput?.press) await trustedInput.press(stroke);
  else await page.call("press", stroke);
}
