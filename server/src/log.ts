import { count } from "./metrics.ts";

/** One JSON line an event. Pass names, ids of handles, counts and times; never a token, a key, a code or page content. */
export function log(event: string, fields: Record<string, string | number | boolean | null> = {}): void {
  count("passage_log_lines_total", { event });
  console.log(JSON.stringify({ event, ...fields }));
}
