/**
 * What this process counts, as Prometheus reads it. On one machine there is one isolate, and its counters are the server's; on the network each
 * isolate counts for itself.
 */
type Labels = Readonly<Record<string, string | number>>;

const help = {
  passage_http_requests_total: "Requests by method, route and status.",
  passage_http_request_duration_seconds: "How long requests took until their answer began.",
  passage_http_faults_total: "Requests that were answered 5xx.",
  passage_links_settled_total:
    "Attempts that have ended, by provider, outcome (complete, or the code of the failure) and reason.",
  passage_webhook_attempts_total: "Tries to deliver an event, by result: delivered, or the error.",
  passage_log_lines_total: "Lines in the log, by event.",
} as const;
type Counter = Exclude<keyof typeof help, "passage_http_request_duration_seconds">;

/** Upper bounds in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;
const duration = { counts: buckets.map(() => 0), count: 0, sum: 0 };
const counters = new Map<Counter, Map<string, number>>();

export function count(name: Counter, labels: Labels): void {
  add(name, labels, 1);
}

/** Shows a series before its first event: Prometheus sees no increase in one that begins at 1. */
export function expose(name: Counter, labels: Labels): void {
  add(name, labels, 0);
}

function add(name: Counter, labels: Labels, amount: number): void {
  const series = counters.get(name) ?? new Map<string, number>();
  counters.set(name, series);
  const key = text(labels);
  series.set(key, (series.get(key) ?? 0) + amount);
}

export function observeDuration(ms: number): void {
  const seconds = ms / 1000;
  duration.count += 1;
  duration.sum += seconds;
  for (const [at, bound] of buckets.entries())
    if (seconds <= bound) duration.counts[at] = (duration.counts[at] ?? 0) + 1;
}

/** A gauge: what is so now, read when somebody asks. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly values: readonly { readonly labels: Labels; readonly value: number }[];
}

/** Prometheus text format 0.0.4. */
export function metricsText(gauges: readonly Gauge[]): string {
  const lines: string[] = [];
  for (const { name, help, values } of gauges) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
    for (const { labels, value } of values) lines.push(`${name}${text(labels)} ${value}`);
  }
  for (const [name, series] of counters) {
    lines.push(`# HELP ${name} ${help[name]}`, `# TYPE ${name} counter`);
    for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
  }
  const histogram = "passage_http_request_duration_seconds";
  lines.push(`# HELP ${histogram} ${help[histogram]}`, `# TYPE ${histogram} histogram`);
  for (const [at, bound] of buckets.entries()) lines.push(`${histogram}_bucket{le="${bound}"} ${duration.counts[at]}`);
  lines.push(`${histogram}_bucket{le="+Inf"} ${duration.count}`, `${histogram}_sum ${duration.sum}`);
  lines.push(`${histogram}_count ${duration.count}`);
  return `${lines.join("\n")}\n`;
}

function text(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
