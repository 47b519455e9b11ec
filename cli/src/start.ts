import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeOffer } from "./catalog/offer.ts";
import { parseFields, ServerLog } from "./logs/server-log.ts";
import { Operator } from "./operator.ts";
import { noteError, noteLine, printLine, printLines } from "./print.ts";
import { DataFolder } from "./runtime/data-folder.ts";
import { passageCommand } from "./runtime/invocation.ts";
import { checkProduction } from "./runtime/production-settings.ts";
import { nameOf, ownSchema, type SchemaVersion, schemaOf } from "./runtime/schema-version.ts";
import { type ServerProcess, startServer } from "./runtime/server-process.ts";
import { interrupted } from "./signals.ts";

export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly data?: string;
  readonly production?: boolean;
  readonly publicUrl?: string;
  /** Folders or installed packages of providers that are offered beside the catalog. */
  readonly providers?: readonly string[];
  /** A catalog that was built before, with its manifests. */
  readonly catalog?: string;
}

const shortestPauseMs = 500;
const longestPauseMs = 30_000;

/** Runs the server until it is told to stop, and starts it again where it ends by itself. Returns the exit status. */
export async function start(options: StartOptions): Promise<number> {
  const data = new DataFolder(options.data);
  if (options.production) refuseFaults(options);
  const isTalkative = options.production || Boolean(process.env.LOG_REQUESTS);
  const log = new ServerLog(data.path, ({ message }) =>
    noteError(`The log in the data folder cannot be written, and lines of it are lost: ${message}`),
  );
  const onLine = (line: string) => {
    log.add(line);
    if (isTalkative || parseFields(line)?.event !== "request") printLine(line);
  };
  const stopAsked = interrupted().then(() => null);
  const before = data.exists ? schemaOf(data.path) : null;
  data.prepare();
  const offer = options.catalog
    ? { catalog: resolve(options.catalog) }
    : await makeOffer(options.providers ?? [], data.path);
  const launch = (port: number) =>
    startServer({
      data,
      ...offer,
      port,
      host: options.host,
      production: options.production ?? false,
      publicUrl: options.publicUrl ?? null,
      // The log in the data folder has them always; the terminal of a developer would be flooded.
      logRequests: true,
      onLine,
    });
  let server = await launch(options.port);
  const port = Number(new URL(server.url).port);
  const pause = new Backoff();
  printLine(`Data folder ${data.path}, schema ${schemaStep(before)}`);
  await printWelcome(server.url, data, options.production ?? false);
  for (;;) {
    const ended = await Promise.race([stopAsked, server.ended]);
    if (ended === null) return stop(server);
    noteError(`The server ended by itself and is started again: ${ended}${adviceOn(ended)}`);
    const again = await startAgain(() => launch(port), pause, stopAsked);
    if (again === null) return 0;
    server = again;
    printLine(`Passage is running again at ${server.url}`);
  }
}

/** The schema of the data folder and, after an upgrade, what its objects are migrated from. */
function schemaStep(before: SchemaVersion | null): string {
  const own = nameOf(ownSchema());
  if (before === null || nameOf(before) === own) return own;
  return `${own}: objects are migrated from ${nameOf(before)} as they wake. An older release cannot open the folder from now on.`;
}

/** @throws where a setting would keep people from using the server; what is only unwise is noted. */
function refuseFaults({ publicUrl }: StartOptions): void {
  const addressHeader = process.env.CLIENT_ADDRESS_HEADER || null;
  for (const { state, about, found, advice } of checkProduction({ publicUrl: publicUrl ?? null, addressHeader })) {
    if (state === "fault") throw new Error(`${about}: ${found}.\n${advice}`);
    if (state === "warning") noteLine(`Warning: ${about}: ${found}. ${advice}`);
  }
}

/** Tries until it runs; null when it is told to stop meanwhile. */
async function startAgain(
  launch: () => Promise<ServerProcess>,
  pause: Backoff,
  stopAsked: Promise<null>,
): Promise<ServerProcess | null> {
  for (;;) {
    if ((await Promise.race([stopAsked, delay(pause.nextMs())])) === null) return null;
    try {
      return await launch();
    } catch (error) {
      noteError(error instanceof Error ? error.message : String(error));
    }
  }
}

/** How long to wait before the next start: longer each time, and short again after a while without one. */
class Backoff {
  #pauseMs = 0;
  #askedAt = Number.NEGATIVE_INFINITY;

  nextMs(): number {
    const now = performance.now();
    const isSound = now - this.#askedAt > 2 * longestPauseMs;
    this.#pauseMs = isSound ? shortestPauseMs : Math.min(this.#pauseMs * 2, longestPauseMs);
    this.#askedAt = now;
    return this.#pauseMs;
  }
}

async function stop(server: ServerProcess): Promise<number> {
  const stopped = server.stop();
  printLine("Stopping. Requests under way are answered; devices come back to the next start.");
  await stopped;
  return 0;
}

/** workerd ends where it finds no open file for a connection. */
function adviceOn(ended: string): string {
  if (!/too many open files/i.test(ended)) return "";
  return "\nRaise the limit on open files, and have the reverse proxy let fewer connections through: see deploy/README.md.";
}

async function printWelcome(url: string, data: DataFolder, production: boolean): Promise<void> {
  const operator = new Operator(url, data.operatorToken);
  const lines = [`Passage is running at ${url}`];
  if (!production) {
    const port = new URL(url).port;
    lines.push(`Sandbox sites: http://sandbox.localhost:${port}`);
    const isFirstStart = (await operator.countKeys()).test === 0;
    if (isFirstStart) lines.push(`Test key (shown once): ${(await operator.createKey("test")).key}`);
    else lines.push(`Another test key: ${passageCommand} keys create`);
  }
  printLines(lines);
}
