import { type Mode, modes } from "@passage/protocol/ids";
import { routes } from "@passage/protocol/routes/table";
import { type Context, Hono } from "hono";
import type { ConfiguredOrganization, ListedOrganization } from "../doors.ts";
import type { Env } from "../env.ts";
import { tagOf } from "../ids.ts";
import { isErased } from "../organization/erased.ts";
import type { Settings } from "../organization/identity.ts";
import { directoryOf, keysOf, organizationOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { readCursor, writePage } from "./cursor.ts";
import { forgetKeys } from "./key-memory.ts";
import { invalid, problem, unwrap } from "./problem.ts";
import { serve } from "./serve.ts";
import { shardTags } from "./tenant.ts";
import { refuseUselessTestKey } from "./test-mode.ts";

/** `/operator`: for whoever runs the server. */
export const operator = new Hono<PassageContext>();

serve(
  operator,
  routes.createOrganization,
  ({ c, body: { id, name = null, retentionDays = null, linkShards = null } }) =>
    configure(c, id, { name, retentionDays, linkShards }),
);

serve(operator, routes.listOrganizations, async ({ c, query: { limit, cursor } }) => {
  const found = await directoryOf(c.env).page(readAfter(cursor), limit + 1);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const organizations = await Promise.all(page.map((one) => withTags(c, one)));
  return { organizations, nextCursor: last ? btoa(last.id) : null };
});

serve(operator, routes.deleteOrganization, async ({ c, id }) => {
  if (!(await directoryOf(c.env).has(id))) throw problem("not_found", "Organization not found");
  const sides = await Promise.all(modes.map((mode) => tagOf(c.env.PASSAGE_SECRET, id, mode)));
  const ends = sides.map((tag) =>
    organizationOf(c.env, tag)
      .erase()
      .catch((error) => {
        if (!isErased(error)) throw error;
      })
      .finally(() => forgetKeys(tag)),
  );
  await Promise.all(ends);
  // Last: until then, who was cut off half-way can ask again.
  await directoryOf(c.env).remove(id, actorOf(c));
  return { id, deleted: true as const };
});

serve(operator, routes.createOperatorKey, async ({ c, body }) => {
  const { mode, organization, organizationName = null, name = null, scopes, expiresIn = null } = body;
  refuseUselessTestKey(c.env, mode);
  await configure(c, organization, { name: organizationName, retentionDays: null, linkShards: null });
  const tag = await tagOf(c.env.PASSAGE_SECRET, organization, mode);
  const actor = { ...actorOf(c), scopes: ["*" as const] };
  return unwrap(await keysOf(c.env, tag).create({ name, scopes, expiresIn }, actor, null));
});

serve(operator, routes.countKeys, async ({ c }) => {
  const [test, live] = await Promise.all(
    modes.map(async (mode) => keysOf(c.env, await tagOf(c.env.PASSAGE_SECRET, "default", mode)).countActive()),
  );
  return { test: test ?? 0, live: live ?? 0 };
});

serve(operator, routes.readOperatorLog, async ({ c, query: { limit, cursor } }) => {
  const found = await directoryOf(c.env).auditLog(readCursor("operator_log", cursor), limit + 1);
  const { page, nextCursor } = writePage("operator_log", found, limit, ({ position }) => position);
  return { entries: page.map(({ entry }) => entry), nextCursor };
});

/** Makes the organization in both modes, where there is none yet, and notes it. What is refused changes neither mode. */
async function configure(c: Context<PassageContext>, id: string, settings: Settings) {
  const heads = await Promise.all(
    modes.map(async (mode) => ({ mode, tag: await tagOf(c.env.PASSAGE_SECRET, id, mode) })),
  );
  const before = await Promise.all(
    heads.map(async ({ tag }) => unwrap(await organizationOf(c.env, tag).configuration())),
  );
  const linkShards = linkShardsFor(c.env, settings, before);
  const after = await Promise.all(
    heads.map(async ({ tag, mode }) => {
      const set = organizationOf(c.env, tag).configure({ tag, mode }, { ...settings, linkShards }, actorOf(c));
      return unwrap(await set.finally(() => forgetKeys(tag)));
    }),
  );
  const [found] = after as [ConfiguredOrganization];
  const noted = { ...found, id, linkShards: most(after) };
  return withTags(c, await directoryOf(c.env).note(noted, actorOf(c)));
}

type Configured = ConfiguredOrganization | null;

/**
 * The number of link shards to set in both modes; null where each keeps its own. A mode may have fewer than the other, where a
 * raise failed half-way.
 *
 * @throws validation_failed when it is fewer than either has
 */
function linkShardsFor(env: Env, { linkShards }: Settings, before: readonly Configured[]): number | null {
  const current = most(before);
  if (linkShards === null) return before.includes(null) ? Math.max(Number(env.LINK_SHARDS ?? 1), current) : null;
  if (linkShards >= current) return linkShards;
  const message = `must be ${current} or more: the number can be raised, and not lowered`;
  throw invalid([{ path: "linkShards", message }]);
}

function most(modesOfOne: readonly Configured[]): number {
  return Math.max(1, ...modesOfOne.map((one) => one?.linkShards ?? 1));
}

async function withTags(c: Context<PassageContext>, organization: ListedOrganization) {
  const tagsIn = async (mode: Mode) => {
    const tag = await tagOf(c.env.PASSAGE_SECRET, organization.id, mode);
    return [...(await shardTags(c.env, { tag, shards: [{ count: organization.linkShards, from: 0 }] }))];
  };
  const [test, live] = await Promise.all([tagsIn("test"), tagsIn("live")]);
  return { ...organization, tags: { test: test[0] ?? "", live: live[0] ?? "" }, shardTags: { test, live } };
}

function readAfter(cursor: string | undefined): string {
  try {
    return cursor === undefined ? "" : atob(cursor);
  } catch {
    throw invalid([{ path: "cursor", message: "is not one that this list gave; start without it" }]);
  }
}

function actorOf(c: Context<PassageContext>) {
  return { actor: "operator", requestId: c.get("requestId") };
}
