import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxTwin } from "@passage/protocol/sandbox-twin";
import { makeSites } from "../catalog/offer.ts";
import type { ProviderPackage } from "../catalog/provider-package.ts";
import { DataFolder } from "../runtime/data-folder.ts";
import { startServer } from "../runtime/server-process.ts";
import type { Found } from "./find.ts";

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

/** @throws where a provider has no stand-in, and it is not said which site it is to run on. */
export async function openSite({ live, sandbox, data }: SiteOptions, found: Found): Promise<Site> {
  if (live && sandbox) throw new Error("Either --live or --sandbox: a run drives one site.");
  if (live) return { kind: "live", siteUrl: (liveUrl) => liveUrl, stop: async () => {} };
  if (typeof sandbox === "string") return at(sandbox);
  if (found.sandbox !== null) return startSandbox([found]);
  if (!found.isInCatalog)
    throw new Error(
      "It has no sandbox.ts. Say which site: --live for the real one, or --sandbox <url> for a stand-in such as http://localhost:4100.",
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

/** A sandbox for this run alone, with its data in a temporary folder, and the sites of packages. */
export async function startSandbox(packages: readonly ProviderPackage[] = [], port = 0): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "passage-providers-"));
  const data = new DataFolder(folder);
  const server = await startServer({
    data,
    port,
    sites: await makeSites(packages, folder),
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
