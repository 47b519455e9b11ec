import { modes } from "@passage/protocol/ids";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import type { Env } from "../env.ts";
import { tagOf } from "../ids.ts";
import { type Gauge, metricsText } from "../metrics.ts";
import { directoryOf, organizationOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { serve } from "./serve.ts";

/** `/metrics`: what was counted here, and how the organizations stand. */
export const metrics = new Hono<PassageContext>();

serve(metrics, routes.metrics, async ({ c }) => {
  c.header("content-type", "text/plain; version=0.0.4; charset=utf-8");
  return c.body(metricsText(await gauges(c.env)));
});

/** One request may ask a thousand objects on the network: two an organization, and the list itself. */
const organizationsAtMost = 400;

/** Sums over organizations: a label each would be a series each. */
async function gauges(env: Env): Promise<Gauge[]> {
  const organizations = await directoryOf(env).page("", organizationsAtMost);
  const links = new Map<string, Gauge["values"][number]>();
  const backlogs = [];
  for (const mode of modes) {
    const counts = await Promise.all(
      organizations.map(async ({ id }) => organizationOf(env, await tagOf(env.PASSAGE_SECRET, id, mode)).count()),
    );
    for (const { status, count } of counts.flatMap((one) => one.links)) {
      const labels = { mode, status };
      const key = `${mode} ${status}`;
      links.set(key, { labels, value: (links.get(key)?.value ?? 0) + count });
    }
    backlogs.push({ labels: { mode }, value: counts.reduce((sum, { webhookBacklog }) => sum + webhookBacklog, 0) });
  }
  return [
    {
      name: "passage_organizations",
      help: `Organizations; the gauges look at ${organizationsAtMost} at most.`,
      values: [{ labels: {}, value: organizations.length }],
    },
    { name: "passage_links", help: "Links that are kept, by mode and status.", values: [...links.values()] },
    { name: "passage_webhook_backlog", help: "Deliveries that are not over, by mode.", values: backlogs },
  ];
}
