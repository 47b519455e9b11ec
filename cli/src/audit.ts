import type { AuditEntry, AuditLog } from "@passage/protocol/http/audit-log";
import { type ApiOptions, exitCodes } from "./command.ts";
import { connectTo } from "./connection.ts";
import { Operator } from "./operator.ts";
import { print, table, when } from "./print.ts";
import { DataFolder } from "./runtime/data-folder.ts";

type AuditOptions = ApiOptions & { readonly limit: number; readonly operator?: boolean };

/** `audit`: who changed what, newest first: in the key's organization and mode, or what operators did to organizations. */
export async function audit(options: AuditOptions): Promise<number> {
  const entries: AuditEntry[] = [];
  for await (const entry of options.operator ? operatorEntries(options) : keyEntries(options)) {
    entries.push(entry);
    if (entries.length === options.limit) break;
  }
  const rows = entries.map(({ at, actor, action, target, requestId }) => [when(at), actor, action, target, requestId]);
  const words = rows.length > 0 ? table(["TIME", "BY", "ACTION", "ON", "REQUEST"], rows) : "Nothing was changed yet.";
  print(options, { entries }, words);
  return exitCodes.done;
}

async function* keyEntries(options: AuditOptions): AsyncGenerator<AuditEntry> {
  const passage = await connectTo(options);
  yield* passage.keys.auditLog({ limit: Math.min(options.limit, 100) });
}

async function* operatorEntries({ data, limit }: AuditOptions): AsyncGenerator<AuditEntry> {
  const operator = Operator.of(new DataFolder(data));
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: URLSearchParams = new URLSearchParams({
      limit: String(Math.min(limit, 100)),
      ...(cursor && { cursor }),
    });
    const page: AuditLog = await operator.auditLog(query);
    yield* page.entries;
    cursor = page.nextCursor;
  }
}
