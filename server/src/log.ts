import { prefixes } from "@passage/protocol/ids";
import { count } from "./metrics.ts";

type Level = "info" | "warn" | "error";

/** Every event that a line can be about. `warn`: somebody outside must act if it goes on; `error`: a fault of this server. */
const levels = {
  request: "info",
  "request.failed": "error",
  "server.misconfigured": "warn",
  "claim.failed": "error",
  "claim.taken_back": "warn",
  "link.settled": "info",
  "session.woke": "info",
  "session.resumed": "info",
  "session.not_ended": "warn",
  "progress.lost": "warn",
  "end.retry": "warn",
  "partial.lost": "warn",
  "report.retry": "warn",
  "answer.stale": "info",
  "frame.failed": "error",
  "webhook.delivered": "info",
  "webhook.missed": "warn",
  "webhook.error": "error",
  "webhook_endpoint.disabled": "warn",
  "organization.erased": "info",
  "shard.unreached": "warn",
  "erasing.retry": "warn",
} as const satisfies Record<string, Level>;
export type LogEvent = keyof typeof levels;
export const logEvents = Object.keys(levels) as LogEvent[];

/** Pass names, ids of handles, counts and times; never a token, a key, a code or page content. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

const idFields = ["keyId", "linkId", "sessionId", "eventId", "endpointId"] as const;
const taggedId = new RegExp(`^(?:${Object.values(prefixes).join("|")})([0-9A-Za-z]{10})`);

/**
 * Writes one line of JSON: time, level, event, and the organization's tag, which every id carries. Fields that are undefined
 * are left out. @param level where this line is worse than its event usually is
 */
export function log(event: LogEvent, fields: LogFields = {}, level: Level = levels[event]): void {
  count("passage_log_lines_total", { event });
  const organization = fields.organization ?? idFields.flatMap((name) => tagOf(fields[name]) ?? [])[0];
  console.log(JSON.stringify({ time: new Date().toISOString(), level, event, organization, ...fields }));
}

function tagOf(id: LogFields[string]): string | undefined {
  return typeof id === "string" ? taggedId.exec(id)?.[1] : undefined;
}
