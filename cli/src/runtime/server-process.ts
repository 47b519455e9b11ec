import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { artefacts, requireBuilt } from "./artefacts.ts";
import type { DataFolder } from "./data-folder.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { startCommand } from "./invocation.ts";
import { readManifest } from "./manifest.ts";
import { refuseNewerObjects } from "./newer-objects.ts";
import { operatorSettings } from "./operator-settings.ts";
import { freePort } from "./port.ts";
import { noteSchema, refuseNewer, schemaOf } from "./schema-version.ts";
import { webhookTimes } from "./webhook-times.ts";
import { type SiteWorker, workerdConfig } from "./workerd-config.ts";

export interface ServerOptions {
  readonly data: DataFolder;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** No sandbox, no loopback webhooks. */
  readonly production: boolean;
  /** Where people reach the server, when that is not where it listens. */
  readonly publicUrl: string | null;
  /** Also a line for each request. */
  readonly logRequests?: boolean;
  /** Another bundle of the server than the build's own. */
  readonly worker?: string;
  /** Another catalog than the build's own, and the sandbox sites that belong to it. */
  readonly catalog?: string;
  readonly sites?: readonly SiteWorker[];
  /** Each line that the server writes: JSON of one event, or workerd's own words. */
  readonly onLine: (line: string) => void;
}

export interface ServerProcess {
  readonly url: string;
  /** Resolves when the server has ended, with why. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Starts the pinned workerd on the data folder; resolves when it responds. @throws when another server runs on the folder, or a newer release wrote it */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  options.data.prepare();
  const lock = await lockFolder(options.data);
  try {
    const { path } = options.data;
    // Sessions may be a hundred thousand files: each is looked at when it wakes, and by doctor, backup and restore.
    const newer = refuseNewer(path, schemaOf(path)) ?? refuseNewerObjects(path, ["organization", "directory"]);
    if (newer !== null) throw new Error(newer);
    noteSchema(path);
    const server = await launch(options, lock);
    void server.ended.then(() => lock.release());
    return server;
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function launch(options: ServerOptions, lock: FolderLock): Promise<ServerProcess> {
  const { data, host, production } = options;
  const port = options.port === 0 ? await freePort(host) : options.port;
  const url = `http://localhost:${port}`;
  const server = { ...readManifest(artefacts.serverManifest), ...(options.worker && { main: options.worker }) };
  const catalog = options.catalog ?? artefacts.catalog;
  const sandbox = production ? null : readManifest(artefacts.sandboxManifest);
  for (const file of [server.main, catalog, ...(sandbox ? [sandbox.main] : [])]) requireBuilt(file);
  const variables: Record<string, string> = {
    PASSAGE_SECRET: data.secret,
    OPERATOR_TOKEN: data.operatorToken,
    ...(sandbox && { SANDBOX_URL: url }),
    ...(options.publicUrl && { PUBLIC_URL: options.publicUrl }),
    ...(options.logRequests && { LOG_REQUESTS: "1" }),
    ...operatorSettings(),
    ...webhookTimes(production),
  };
  const config = data.writeConfig(
    workerdConfig({
      folder: data.path,
      objectsFolder: data.objects,
      server,
      catalog,
      sandbox,
      sites: options.sites ?? [],
      listen: { host, port },
      variables: Object.keys(variables),
    }),
  );
  // Descriptor 3 is workerd's control channel: it says when it listens. It only holds 4, which keeps the folder locked.
  const child = spawn(workerdBinary(), ["serve", "--control-fd=3", config], {
    env: { PATH: process.env.PATH, ...variables },
    stdio: ["ignore", "pipe", "pipe", "pipe", lock.descriptor],
  });
  // However this process ends, short of kill -9, its server ends with it.
  const hardStop = () => child.kill("SIGKILL");
  process.on("exit", hardStop);
  const lastWords = pipeLines(child, options.onLine);
  const ended = once(child, "exit").then(([code, signal]) => {
    process.off("exit", hardStop);
    data.forgetServer();
    return signal ? `workerd was ended by ${signal}` : `workerd ended with ${code}: ${lastWords()}`;
  });
  const stop = async () => {
    child.kill("SIGTERM");
    // workerd waits for open sockets; their state is on the disk, and their owners come back.
    const hard = setTimeout(hardStop, 2_000);
    await ended;
    clearTimeout(hard);
  };
  try {
    await listening(child, ended, host, port);
  } catch (error) {
    await stop();
    throw error;
  }
  data.noteServer({
    pid: process.pid,
    workerdPid: child.pid as number,
    url,
    production,
    publicUrl: options.publicUrl,
    addressHeader: variables.CLIENT_ADDRESS_HEADER ?? null,
  });
  return { url, ended, stop };
}

function workerdBinary(): string {
  return createRequire(import.meta.url)("workerd").default as string;
}

async function listening(child: ChildProcess, ended: Promise<string>, host: string, port: number): Promise<void> {
  const control = createInterface({ input: child.stdio[3] as Readable });
  const listens = once(control, "line").then(() => null);
  const failed = await Promise.race([listens, ended]);
  if (failed === null) return;
  if (/already in use|EADDRINUSE/i.test(failed))
    throw new Error(
      `Port ${port} on ${host} is in use. Stop what uses it, or choose another: PORT=${port + 1} ${startCommand}`,
    );
  throw new Error(failed);
}

function pipeLines(child: ChildProcess, onLine: (line: string) => void): () => string {
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream as Readable }).on("line", (line) => {
      last.push(line);
      if (last.length > 5) last.shift();
      onLine(line);
    });
  return () => last.join(" ").slice(0, 500);
}
