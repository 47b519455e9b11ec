import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { artefacts } from "../runtime/artefacts.ts";
import type { DataFolder } from "../runtime/data-folder.ts";
import { readManifest } from "../runtime/manifest.ts";
import { type Finding, fault, ok, warning } from "./finding.ts";

/** A connected session takes four open files, and its database three more while it is awake. */
const filesASession = 7;
const fewFiles = 4_096;
const skewMs = 5_000;

/** What the machine gives: a port, open files, the time. */
export async function* checkMachine(
  { port, host }: { readonly port: number; readonly host: string },
  data: DataFolder,
): AsyncGenerator<Finding> {
  yield await portFree(port, host, data);
  yield openFiles();
  yield* clock(data);
}

async function portFree(port: number, host: string, data: DataFolder): Promise<Finding> {
  const about = `port ${port} on ${host}`;
  const ours = data.server;
  if (ours && Number(new URL(ours.url).port) === port && (await answers(ours.url)))
    return ok(about, `the server of ${data.path} answers there`);
  const error = await listenError(port, host);
  if (error === null) return ok(about, "is free");
  if (error === "EACCES")
    return fault(about, "is not for this user", "Take one above 1023, behind a reverse proxy: --port 8787");
  if (error === "EADDRNOTAVAIL")
    return fault(about, "this machine has no such address", "Give one of its own, or 127.0.0.1: --host 127.0.0.1");
  return fault(about, `is taken (${error})`, `Stop what listens there, or choose another: --port ${port + 1}`);
}

function listenError(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

async function answers(url: string): Promise<Response | null> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
}

function openFiles(): Finding {
  const text = execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).trim();
  const limit = text === "unlimited" ? Number.POSITIVE_INFINITY : Number(text);
  const found = `${text}, enough for ${limit === Number.POSITIVE_INFINITY ? "any number of" : `about ${Math.floor(limit / filesASession)}`} sessions at a time`;
  if (limit >= fewFiles) return ok("open files", found);
  return warning("open files", found, "Raise it: ulimit -n 65536, or LimitNOFILE=65536 in the systemd unit.");
}

/** workerd refuses a Worker from its future, and signatures are refused five minutes off. */
async function* clock(data: DataFolder): AsyncGenerator<Finding> {
  const now = new Date();
  const { compatibilityDate } = readManifest(artefacts.serverManifest);
  if (now.getTime() < Date.parse(compatibilityDate)) {
    yield fault("clock", `${now.toISOString()} is before ${compatibilityDate}, when this was made`, setClock);
    return;
  }
  const answer = data.server && (await answers(data.server.url));
  const serverTime = Date.parse(answer?.headers.get("date") ?? "");
  if (Math.abs(serverTime - now.getTime()) > skewMs)
    yield warning("clock", `the server's is ${Math.round((serverTime - now.getTime()) / 1000)} s off`, setClock);
  else yield ok("clock", now.toISOString());
}

const setClock = "Set the clock, and keep it by NTP: receivers refuse signatures that are five minutes off.";
