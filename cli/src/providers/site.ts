import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxTwin } from "@passage/protocol/sandbox-twin";
import { DataFolder } from "../runtime/data-folder.ts";
import { startServer } from "../runtime/server-process.ts";

/** Which site a local run drives. */
export interface Site {
  readonly kind: "live" | "sandbox";
  readonly siteUrl: (liveUrl: string) => string;
  /** Ends what was started for the run. */
  stop(): Promise<void>;
}

export interface SiteOptions {
  readonly live?: boolean;
  /** `true`: the project's own sandbox; an address: the stand-in that answers there. */
  readonly sandbox?: string | true;
  readonly data?: string;
}

/** @throws where it is not said which site a provider outside of the catalog is to run on. */
export async function openSite({ live, sandbox, data }: SiteOptions, isInCatalog: boolean): Promise<Site> {
  if (live && sandbox) throw new Error("Either --live or --sandbox: a run drives one site.");
  if (live) return { kind: "live", siteUrl: (liveUrl) => liveUrl, stop: async () => {} };
  if (typeof sandbox === "string") return at(sandbox);
  if (!isInCatalog)
    throw new Error(
      "Say which site: --live for the real one, or --sandbox <url> for a stand-in such as http://localhost:4100.",
    );
  const running = new DataFolder(data).server?.url;
  return running && (await answers(running)) ? at(running) : startSandbox();
}

function at(url: string, stop: () => Promise<void> = async () => {}): Site {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error(`--sandbox takes the address of a stand-in, such as http://localhost:4100; ${url} is none.`);
  return { kind: "sandbox", siteUrl: (liveUrl) => sandboxTwin(liveUrl, url), stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** A sandbox for this run alone, with its data in a temporary folder. */
async function startSandbox(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "passage-providers-"));
  const data = new DataFolder(folder);
  const server = await startServer({
    data,
    port: 0,
    host: "127.0.0.1",
    production: false,
    publicUrl: null,
    onLine: () => {},
  });
  return at(server.url, async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}
