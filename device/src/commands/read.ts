import { PassageError } from "@passage/protocol/errors";
import type { Command } from "./command.ts";
import { findAndAct } from "./find.ts";

export const textContent: Command<"textContent"> = async (context, { selector }) => {
  const text = await findAndAct(context, { selector, need: "attached" }, async (ready) => {
    const read = await context.page.call("text", ready.handle);
    if (read.kind === "gone" || read.value === null) return { kind: "gone" };
    return { kind: "done", value: read.value };
  });
  return { text: text ?? "" };
};

export const isVisible: Command<"isVisible"> = async ({ page, origins, progress }, { selector }) => {
  for (;;) {
    origins.demand(page.url());
    const asked = await progress.race(page.call("visible", selector));
    if (asked.kind === "value") {
      if (typeof asked.value === "boolean") return { visible: asked.value };
      const { code, message, matches } = asked.value;
      throw new PassageError(code, message, matches && { details: { matches } });
    }
    await progress.pause(20);
  }
};
