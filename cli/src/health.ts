import type { OperationHealth } from "@passage/connect";
import { type ApiOptions, exitCodes, NoServerError } from "./command.ts";
import { connectTo, urlFor } from "./connection.ts";
import { print, table, when } from "./print.ts";

type Row = OperationHealth & { readonly provider: string };

/** `health`: whether the server answers, and how each provider's operations fare in the links of the key's organization. */
export async function health(options: ApiOptions): Promise<number> {
  const url = urlFor(options);
  const startedAt = performance.now();
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) }).catch((cause) => {
    throw NoServerError.at(url, cause);
  });
  const ms = Math.round(performance.now() - startedAt);
  const body = (await answer.json().catch(() => null)) as { status?: unknown } | null;
  const isWell = answer.ok && body?.status === "ok";
  const server = { url, status: isWell ? "ok" : answer.status, ms };
  const passage = await connectTo(options);
  const { providers } = await passage.providers.list();
  const rows: Row[] = [];
  for (const { id } of providers)
    for (const operation of (await passage.providers.health(id)).operations) rows.push({ provider: id, ...operation });
  print(options, { server, operations: rows }, [
    `${url}: ${isWell ? "ok" : `not well (status ${answer.status})`}, in ${ms} ms`,
    "",
    ...table(
      ["PROVIDER", "OPERATION", "VERSION", "RUNS", "SUCCESS", "SITE CHANGED", "MEDIAN", "LAST RUN"],
      rows.map(cells),
    ),
  ]);
  return isWell ? exitCodes.done : exitCodes.failed;
}

function cells(row: Row): string[] {
  const share = row.runs === 0 ? "-" : `${Math.round((row.success / row.runs) * 100)} %`;
  const median = row.latency ? `${(row.latency.medianMs / 1000).toFixed(1)} s` : "-";
  return [
    row.provider,
    `${row.resource}:${row.action}`,
    String(row.version),
    String(row.runs),
    share,
    String(row.siteChanged + row.schemaDrift),
    median,
    when(row.lastRunAt),
  ];
}
