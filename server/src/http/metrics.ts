import { failureReasons } from "@passage/automation/failure";
import { modes } from "@passage/protocol/ids";
import { routes } from "@passage/protocol/routes/table";
import { attemptErrors } from "@passage/protocol/webhooks";
import { Hono } from "hono";
import { providers } from "../catalog.ts";
import type { Env } from "../env.ts";
import { tagOf } from "../ids.ts";
import { logEvents } from "../log.ts";
import { expose, type Gauge, metricsText } from "../metrics.ts";
import { directoryOf, organizationOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { misconfigurations, seen } from "./misconfiguration.ts";
import { serve } from "./serve.ts";

/** `/metrics`: what was counted here, and how the organizations stand. */
export const metrics = new Hono<PassageContext>();

serve(metrics, routes.metrics, async ({ c }) => {
  exposeCounters();
  c.header("content-type", "text/plain; version=0.0.4; charset=utf-8");
  return c.body(metricsText(await gauges(c.env)));
});

/** The series that alerts watch, so that the first event is an increase. */
function exposeCounters(): void {
  expose("passage_http_faults_total", {});
  for (const event of logEvents) expose("passage_log_lines_total", { event });
  for (const result of ["delivered", ...attemptErrors]) expose("passage_webhook_attempts_total", { result });
  for (const { id: provider } of providers) {
    expose("passage_links_settled_total", { provider, outcome: "complete", reason: "none" });
    expose("passage_links_settled_total", { provider, outcome: "INTERNAL_ERROR", reason: "unknown" });
    for (const [reason, { code: outcome }] of Object.entries(failureReasons))
      expose("passage_links_settled_total", { provider, outcome, reason });
  }
}

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
    {
      name: "passage_misconfigured",
      help: "1 for a setting that is missing in production; the log says what to do.",
      values: misconfigurations.map((problem) => ({ labels: { problem }, value: seen.has(problem) ? 1 : 0 })),
    },
    { name: "passage_webhook_backlog", help: "Deliveries that are not over, by mode.", values: backlogs },
  ];
}
