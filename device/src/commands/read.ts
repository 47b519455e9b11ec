import { PassageError } from "@passage/protocol/errors";
import type { PageApi } from "../page-script/api.ts";
import type { Command, CommandContext } from "./command.ts";
import { findAndAct } from "./find.ts";

export const textContent: Command<"textContent"> = async (context, { selector }) => ({
  text: (await readElement(context, selector, (handle) => context.page.call("text", handle))) ?? "",
});

export const innerHTML: Command<"innerHTML"> = async (context, { selector }) => ({
  html: (await readElement(context, selector, (handle) => context.page.call("html", handle))) ?? "",
});

export const getAttribute: Command<"getAttribute"> = async (context, { selector, name }) =>
  (await readElement(context, selector, (handle) => context.page.call("attribute", handle, name))) ?? { value: null };

export const isVisible: Command<"isVisible"> = async (context, { selector }) => {
  context.privacy.question(selector);
  const visible = await readPage(context, "visible", selector, context.privacy.reason !== null);
  if (typeof visible === "boolean") return { visible };
  const { code, message, matches } = visible;
  throw new PassageError(code, message, matches && { details: { matches } });
};

export const title: Command<"title"> = async (context) => ({ title: await readPage(context, "title") });

export const content: Command<"content"> = async (context) => ({ html: await readPage(context, "content") });

/** Reads of the element once it is there; null from the page means that it took the element away. */
function readElement<T>(
  context: CommandContext,
  selector: string,
  read: (handle: number) => Promise<{ kind: "gone" } | { kind: "value"; value: T | null }>,
): Promise<T | null> {
  return findAndAct(context, { selector, need: "attached" }, async (ready) => {
    const answer = await read(ready.handle);
    if (answer.kind === "gone" || answer.value === null) return { kind: "gone" };
    return { kind: "done", value: answer.value };
  });
}

/** Asks the document that is there, or the next one when it left meanwhile. */
async function readPage<Name extends "visible" | "title" | "content">(
  { page, origins, progress }: CommandContext,
  name: Name,
  ...args: Parameters<PageApi[Name]>
): Promise<ReturnType<PageApi[Name]>> {
  for (;;) {
    origins.demand(page.url());
    const asked = await progress.race(page.call(name, ...args));
    if (asked.kind === "value") return asked.value as ReturnType<PageApi[Name]>;
    await progress.pause(20);
  }
}
