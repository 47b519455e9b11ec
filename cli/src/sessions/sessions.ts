import type { SessionSummary } from "@passage/connect";
import { type ApiOptions, exitCodes } from "../command.ts";
import { connectTo } from "../connection.ts";
import { jsonLines, print, table, when } from "../print.ts";

/** `sessions list`: those of links too, newest first, as many as asked for. */
export async function listSessions(options: ApiOptions & { readonly limit: number }): Promise<number> {
  const passage = await connectTo(options);
  const sessions: SessionSummary[] = [];
  for await (const session of passage.sessions.list({ limit: Math.min(options.limit, 100) })) {
    sessions.push(session);
    if (sessions.length === options.limit) break;
  }
  const rows = sessions.map((session) => [
    session.id,
    session.status,
    session.linkId ?? "-",
    session.error?.code ?? "-",
    when(session.createdAt),
  ]);
  const heading = ["SESSION", "STATUS", "LINK", "ERROR", "CREATED"];
  print(options, { sessions }, rows.length > 0 ? table(heading, rows) : "No sessions.");
  return exitCodes.done;
}

/** `sessions get <id>`: all that is known of it. */
export async function getSession(id: string, options: ApiOptions): Promise<number> {
  const session = await (await connectTo(options)).sessions.get(id);
  print(options, session, jsonLines(session));
  return exitCodes.done;
}

/** `sessions end <id>`: its device and worker are told; what was kept of it can still be read. */
export async function endSession(id: string, options: ApiOptions): Promise<number> {
  const session = await (await connectTo(options)).sessions.delete(id);
  print(options, session, `${session.id} is over: ${session.phase}.`);
  return exitCodes.done;
}
