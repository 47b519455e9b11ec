import type { Called } from "../page/frame.ts";
import type { PageApi } from "../page-script/api.ts";
import type { Command, CommandContext } from "./command.ts";
import { answered, findAndAct, type Target } from "./find.ts";
import { askWhere } from "./foreign.ts";

export const textContent: Command<"textContent"> = async (context, { selector }) => ({
  text: (await readElement(context, selector, ({ frame, handle }) => frame.call("text", handle))) ?? "",
});

export const innerText: Command<"innerText"> = async (context, { selector }) => ({
  text: (await readElement(context, selector, ({ frame, handle }) => frame.call("innerText", handle))) ?? "",
});

export const innerHTML: Command<"innerHTML"> = async (context, { selector }) => ({
  html: (await readElement(context, selector, ({ frame, handle }) => frame.call("html", handle))) ?? "",
});

export const getAttribute: Command<"getAttribute"> = async (context, { selector, name }) => ({
  value: await readElement(context, selector, ({ frame, handle }) => frame.call("attribute", handle, name)),
});

export const inputValue: Command<"inputValue"> = async (context, { selector }) => ({
  value: (await readElement(context, selector, ({ frame, handle }) => frame.call("value", handle))) ?? "",
});

export const isVisible: Command<"isVisible"> = async (context, { selector }) => ({
  visible: await askWhere(context, selector, (frame, inner, guarded) => frame.call("visible", inner, guarded)),
});

export const count: Command<"count"> = async (context, { selector }) => ({
  count: await askWhere(context, selector, (frame, inner, guarded) => frame.call("count", inner, guarded)),
});

export const title: Command<"title"> = async (context) => ({ title: await readPage(context, "title") });

export const content: Command<"content"> = async (context) => ({ html: await readPage(context, "content") });

/** Reads of the element once it is there. */
function readElement<T>(
  context: CommandContext,
  selector: string,
  read: (target: Target) => Parameters<typeof answered<T>>[0],
): Promise<T | null> {
  return findAndAct(context, { selector, need: "attached" }, (target) => answered(read(target)));
}

/** Asks the document that is there, or the next one when it left meanwhile. */
async function readPage<Name extends "title" | "content">(
  { page, origins, progress }: CommandContext,
  name: Name,
  ...args: Parameters<PageApi[Name]>
): Promise<string> {
  for (;;) {
    origins.demand(page.url());
    const asked: Called<Name> = await progress.race(page.call(name, ...args));
    if (asked.kind === "value") return asked.value as string;
    await progress.pause(20);
  }
}
