import type { Outcome } from "../../session/session-config.ts";
import type { LinkRecord, OperationName } from "../links/link-record.ts";
import { type LatencyHistogram, withRun } from "./latency-histogram.ts";
import type { OperationCounts } from "./operation-counts.ts";

/** A run's end, as far as health tells them apart; the columns of its counters. */
type RunEnd = "success" | "user_gave_up" | "site_changed" | "schema_drift" | "other_failures";

/** What an attempt that ended was. */
export interface EndedAttempt {
  readonly link: Pick<LinkRecord, "provider" | "operations">;
  /** The provider's version that it ran. */
  readonly version: number;
  readonly outcome: Outcome;
  /** From the claim to the outcome, the person's part included. */
  readonly ms: number;
}

type HealthRow = { [End in RunEnd]: number } & {
  version: number;
  resource: string;
  action: string;
  latency: string;
  last_run_at: number;
};

/** How the providers' operations fare in this organization: counters, without anything of the links that they count. */
export class ProviderHealth {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Counts the runs of an attempt. Nothing is awaited: it is in the caller's commit. `now`: epoch ms. */
  count({ link, version, outcome, ms }: EndedAttempt, now: number): void {
    // How long each of several operations took, the attempt's time does not say.
    const isTimed = link.operations.length === 1;
    for (const { resource, action, end } of runsOf(link.operations, outcome)) {
      const key = [link.provider, version, resource, action];
      const earlier = this.#latency(key);
      const latency = isTimed && end === "success" ? withRun(earlier, ms) : earlier;
      this.#sql.exec(
        `INSERT INTO provider_health (provider, version, resource, action, ${end}, latency, last_run_at)
          VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO UPDATE
          SET ${end} = ${end} + 1, latency = excluded.latency, last_run_at = excluded.last_run_at`,
        ...key,
        JSON.stringify(latency),
        now,
      );
    }
  }

  #latency(key: readonly SqlStorageValue[]): LatencyHistogram {
    const query =
      "SELECT latency FROM provider_health WHERE provider = ? AND version = ? AND resource = ? AND action = ?";
    const [row] = this.#sql.exec<{ latency: string }>(query, ...key).toArray();
    return row ? JSON.parse(row.latency) : [];
  }

  /** What was counted for this provider. */
  of(provider: string): OperationCounts[] {
    const query = "SELECT * FROM provider_health WHERE provider = ?";
    return this.#sql.exec<HealthRow>(query, provider).toArray().map(toCounts);
  }
}

/**
 * The operations that an attempt ran, in their order, up to the one that failed. An end that came from outside the run (the
 * device was lost, the time was over) names none, and counts for the first.
 */
function runsOf(operations: readonly OperationName[], outcome: Outcome): (OperationName & { readonly end: RunEnd })[] {
  if (outcome.status === "complete") return operations.map((one) => ({ ...one, end: "success" }));
  const { operation: failed, reason } = outcome.error.details ?? {};
  const found = operations.findIndex(({ resource, action }) => `${resource}:${action}` === failed);
  const at = Math.max(found, 0);
  return operations.slice(0, at + 1).map((one, index) => ({ ...one, end: index < at ? "success" : endOf(reason) }));
}

function endOf(reason: unknown): RunEnd {
  return reason === "user_gave_up" || reason === "site_changed" || reason === "schema_drift"
    ? reason
    : "other_failures";
}

function toCounts({ version, resource, action, success, latency, ...row }: HealthRow): OperationCounts {
  return {
    resource,
    action,
    version,
    success,
    userGaveUp: row.user_gave_up,
    siteChanged: row.site_changed,
    schemaDrift: row.schema_drift,
    otherFailures: row.other_failures,
    latency: JSON.parse(latency),
    lastRunAt: row.last_run_at,
  };
}
