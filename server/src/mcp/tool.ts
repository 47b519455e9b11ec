import { isKeyed, type Route } from "@passage/protocol/routes/route";
import { allows, type Grant, type Scope } from "@passage/protocol/scopes";
import type { Context } from "hono";
import type * as z from "zod";
import type { PassageContext } from "../http/context.ts";

/** What a tool returns: for the model to read, and for a program. */
export interface ToolAnswer {
  readonly text: string;
  readonly structured: Record<string, unknown>;
}

interface Definition<Input extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  /** The routes that it cannot do without: a key that may not call one of them does not see the tool. */
  readonly routes: readonly Route[];
  /** Whether it ends or changes what exists. A tool that only makes something does not. */
  readonly destructive?: boolean;
  /** Whether calling it again changes nothing more. */
  readonly idempotent?: boolean;
  readonly run: (c: Context<PassageContext>, input: z.output<Input>) => Promise<ToolAnswer>;
}

export type Tool = Definition<z.ZodObject>;

export function defineTool<Input extends z.ZodObject>(definition: Definition<Input>): Tool {
  return definition as unknown as Tool;
}

/** Whether a key with these grants may call all that the tool needs. */
export function isAllowed({ routes }: Pick<Tool, "routes">, granted: readonly Grant[]): boolean {
  return routes.every((route) => isKeyed(route) && (route.access === "any key" || mayUse(granted, route)));
}

/** Whether a key with these grants may call a route that needs a scope. */
export function mayUse(granted: readonly Grant[], { access }: Pick<Route, "access">): boolean {
  return allows(granted, access as Scope);
}

/** What a client may assume of a tool, from the methods of its routes. */
export function annotationsOf({ routes, destructive = false, idempotent }: Tool) {
  const isReadOnly = routes.every(({ method }) => method === "GET");
  return {
    readOnlyHint: isReadOnly,
    destructiveHint: !isReadOnly && destructive,
    idempotentHint: isReadOnly || idempotent === true,
    openWorldHint: !isReadOnly,
  };
}
