import { isKeyed, isStrict, type Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import type { Scope } from "@passage/protocol/scopes";
import type { Context, Hono } from "hono";
import type * as z from "zod";
import { isIdOf } from "../ids.ts";
import type { IdempotentRequest } from "../organization/idempotency.ts";
import { check, checkStrict, readBytes, readStrictJson, readStrictQuery, readTolerantJson } from "./body.ts";
import { admit, bearer, requireOperator, requireScope } from "./caller.ts";
import type { Caller, PassageContext } from "./context.ts";
import { idempotentRequestOf, noteKey, recall } from "./idempotent-request.ts";
import { limitAddress } from "./rate.ts";
import { ownTag } from "./tenant.ts";

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Needed<S> = S extends z.ZodType ? z.input<S> : S extends "nothing" ? null : Response;

/** A request that its row in the table of routes has let pass. */
export interface Asked<R extends Route> {
  readonly c: Context<PassageContext>;
  /** Whose key it is; there only where the route needs a key. */
  readonly caller: Caller;
  /** `:id` of the path, not yet looked at. */
  readonly id: string;
  readonly query: Parsed<R["query"]>;
  readonly body: Parsed<R["body"]>;
  /** Handed on to the change, so that it is made once. */
  readonly once: IdempotentRequest | null;
}

type Handler<R extends Route> = (asked: Asked<R>) => Promise<Needed<R["answer"]>> | Needed<R["answer"]>;

/** What stands behind each row, for {@link callRoute}. */
const handlers = new Map<Route, Handler<Route>>();

/**
 * Registers a row of the table: its method and path; who may ask, how often, and whether this was asked before; its query
 * and body checked; the answer under its status. The handler does what is left.
 */
export function serve<R extends Route>(app: Hono<PassageContext>, route: R, handler: Handler<R>): void {
  const { method, path, access, status = 200 } = route;
  handlers.set(route, handler as unknown as Handler<Route>);
  app.on(method, path, async (c) => {
    if (access === "public" && !isAsset(route)) limitAddress(c);
    if (access === "operator") requireOperator(c);
    const takesBody = (method === "POST" || method === "PATCH") && route.answer !== "rpc";
    const bytes = takesBody ? await readBytes(c) : new Uint8Array();
    const once = isKeyed(route) && method === "POST" && takesBody ? await idempotentRequestOf(c, bytes) : null;
    const id = c.req.param("id") ?? "";
    let own: string | null = null;
    if (isKeyed(route)) {
      const scope = access === "any key" ? null : (access as Scope);
      const caller = await admit(c, bearer(c.req.header("authorization")), scope);
      c.set("caller", caller);
      c.get("subject").organization = caller.tag;
      noteId(c, route.id, id);
      own = once && (await shardOfId(c, caller, route.id, id));
      const replay = once && (await recall(c, caller, once, own));
      if (replay !== null) {
        c.header("idempotency-replayed", "true");
        return c.json(JSON.parse(replay), status);
      }
    }
    const answer = await handler({
      c,
      caller: c.get("caller"),
      id,
      query: readQuery(c, route) as Parsed<R["query"]>,
      body: readBody(c, route, bytes) as Parsed<R["body"]>,
      once,
    });
    if (once) await noteKey(c, c.get("caller"), once, own);
    noteSubject(c, route, answer);
    if (answer === null) return c.body(null, 204);
    return answer instanceof Response ? answer : c.json(answer as object, status);
  });
}

/**
 * What a route that takes a key returns to the caller of the request at hand, asked by another door of this Worker: the scope, the
 * query and the body are checked as those of a request of its own. The caller's rate was counted already.
 *
 * @throws whatever the route answers with
 */
export async function callRoute<R extends Route>(
  c: Context<PassageContext>,
  route: R,
  { id = "", query = {}, body = {} }: { id?: string; query?: object; body?: object } = {},
): Promise<Needed<R["answer"]>> {
  const handler = handlers.get(route) as Handler<R> | undefined;
  if (!handler || !isKeyed(route))
    throw new Error(`${route.method} ${route.path} has no handler for callers with a key`);
  const caller = c.get("caller");
  if (route.access !== "any key") requireScope(caller.scopes, route.access as Scope);
  noteId(c, route.id, id);
  const answer = await handler({
    c,
    caller,
    id,
    query: (route.query && checkStrict(route.query, query)) as Parsed<R["query"]>,
    body: (route.body && checkStrict(route.body, body)) as Parsed<R["body"]>,
    once: null,
  });
  noteSubject(c, route, answer);
  return answer;
}

/** The shard of the id in the path, where ids of its kind may be of one that is not the head. */
async function shardOfId(c: Context<PassageContext>, caller: Caller, kind: Route["id"], id: string) {
  return kind === "link" || kind === "session" || kind === "event" ? ownTag(c.env, caller, kind, id) : null;
}

/** What an answer names: the link or session that was made, claimed or shown. */
function noteSubject(c: Context<PassageContext>, { id: kind }: Route, answer: unknown): void {
  if (answer === null || typeof answer !== "object" || answer instanceof Response) return;
  const { linkId, sessionId } = answer as { linkId?: unknown; sessionId?: unknown };
  const subject = c.get("subject");
  if (typeof linkId === "string") subject.linkId = linkId;
  if (typeof sessionId === "string" && kind !== "link") subject.sessionId = sessionId;
}

/** An id of the path, where it has the form of one: anything else may be a secret that somebody pasted. */
function noteId(c: Context<PassageContext>, kind: Route["id"], id: string): void {
  if ((kind !== "link" && kind !== "session") || !isIdOf(kind, id)) return;
  c.get("subject")[kind === "link" ? "linkId" : "sessionId"] = id;
}

function readQuery(c: Context<PassageContext>, route: Route): unknown {
  const given = isStrict(route) ? readStrictQuery(c, route.query) : c.req.query();
  return route.query && check(route.query, given);
}

function readBody(c: Context<PassageContext>, route: Route, bytes: Uint8Array): unknown {
  if (!route.body) return undefined;
  return isStrict(route) ? readStrictJson(c, bytes, route.body) : readTolerantJson(bytes, route.body);
}

/** What costs nothing to serve and is fetched in bursts is not counted. */
function isAsset({ answer, path }: Route): boolean {
  return (
    answer === "script" ||
    answer === "page" ||
    answer === "markdown" ||
    [routes.health, routes.openApi, routes.marketplace, routes.getPublishers].some((one) => one.path === path)
  );
}
