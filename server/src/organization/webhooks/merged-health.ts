import type { WebhookEndpoint } from "@passage/protocol/webhooks";

type Health = WebhookEndpoint["health"];

/** How an endpoint fares in two shards together. It is failing since the first failure after which neither had a success. */
export function mergedHealth(a: Health, b: Health): Health {
  const attempts = a.attempts + b.attempts;
  const successes = [a, b].reduce((sum, one) => sum + (one.successShare ?? 0) * one.attempts, 0);
  const lastSuccessAt = latest(a.lastSuccessAt, b.lastSuccessAt);
  const since = [a.failingSince, b.failingSince].filter((time) => time !== null);
  const failingSince = since.length === 0 ? null : Math.min(...since);
  return {
    attempts,
    successShare: attempts === 0 ? null : successes / attempts,
    lastSuccessAt,
    lastError: !b.lastError || (a.lastError && a.lastError.at >= b.lastError.at) ? a.lastError : b.lastError,
    failingSince: failingSince !== null && lastSuccessAt !== null && lastSuccessAt > failingSince ? null : failingSince,
    backlog: a.backlog + b.backlog,
  };
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
