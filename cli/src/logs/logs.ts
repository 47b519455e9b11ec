import { exitCodes } from "../command.ts";
import { noteLine, printLine } from "../print.ts";
import { DataFolder } from "../runtime/data-folder.ts";
import { untilInterrupted } from "../signals.ts";
import { lastLines, newLines } from "./follow.ts";
import { type Level, levels } from "./levels.ts";
import { parseFields } from "./server-log.ts";

export interface TailOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly lines: number;
  readonly follow: boolean;
  readonly level?: Level;
  readonly event?: string;
  readonly link?: string;
  readonly session?: string;
  readonly organization?: string;
  readonly request?: string;
}

/** `logs tail`: what the server of the data folder has written, then what it writes, until interrupted. */
export async function tailLogs(options: TailOptions): Promise<number> {
  const data = new DataFolder(options.data);
  const server = data.requireServer();
  const show = (line: string) => {
    if (fits(line, options)) printLine(options.json ? line : wordsOfLine(line));
  };
  for (const line of lastLines(data.path, options.lines)) show(line);
  if (!options.follow) return exitCodes.done;
  return untilInterrupted(async (signal) => {
    noteLine(`Following the log of ${server.url}. Ctrl-C ends.`);
    for await (const line of newLines(data.path, signal)) show(line);
    return exitCodes.done;
  });
}

function fits(line: string, { level, event, ...ids }: TailOptions): boolean {
  const fields = parseFields(line);
  if (!fields) return false;
  if (level && levels.indexOf(levelOf(fields)) < levels.indexOf(level)) return false;
  if (event && fields.event !== event && !String(fields.event).startsWith(`${event}.`)) return false;
  const wanted = { linkId: ids.link, sessionId: ids.session, organization: ids.organization, requestId: ids.request };
  return Object.entries(wanted).every(
    ([name, id]) =>
      id === undefined || fields[name] === id || (name === "organization" && fields.organizationId === id),
  );
}

/** A line without a level is one of an older server: a failure or news. */
function levelOf({ level, event, status }: Record<string, unknown>): Level {
  const given = String(level).toLowerCase().replace("warning", "warn");
  const known = levels.find((one) => one === given);
  if (known) return known;
  return Number(status) >= 500 || /fail|error|lost/.test(String(event)) ? "error" : "info";
}

/** Time, level and event first, then a request in one phrase, then the rest as the server named it. */
function wordsOfLine(line: string): string {
  const { time, level, event, method, route, status, ms, ...rest } = parseFields(line) ?? {};
  const request = method === undefined ? [] : [`${method} ${route} ${status}`];
  const left = method === undefined ? { route, status, ...rest } : rest;
  return [
    localTime(time),
    levelOf({ level, event, status }).padEnd(5),
    event,
    ...request,
    ...(ms === undefined ? [] : [`${ms} ms`]),
    ...Object.entries(left).flatMap(([name, value]) =>
      value === undefined || value === null
        ? []
        : [`${name}=${typeof value === "string" ? value : JSON.stringify(value)}`],
    ),
  ].join("  ");
}

function localTime(time: unknown): string {
  const at = new Date(time as string | number);
  return Number.isNaN(at.getTime())
    ? "-"
    : `${at.toLocaleString("sv-SE")}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}
