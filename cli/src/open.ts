import { openDevice } from "@passage/device/device";
import type { HostName } from "@passage/device/host-names";
import { claimLink, readSessionUrl, readTarget } from "./claim.ts";
import { DataFolder } from "./runtime/data-folder.ts";
import { interrupted } from "./signals.ts";

export interface OpenOptions {
  readonly server?: string;
  readonly headless?: boolean;
  readonly host?: HostName;
  readonly cdpPort?: number;
  readonly verbose?: boolean;
  readonly data?: string;
}

/** Is the device: claims the link (or joins the session), opens a window, and runs until it has ended. Exit status 0 on complete. */
export async function open(codeOrUrl: string, options: OpenOptions): Promise<number> {
  const server = options.server ?? new DataFolder(options.data).server?.url ?? "http://localhost:8787";
  const place = readSessionUrl(codeOrUrl) ?? (await claimLink(readTarget(codeOrUrl, server)));
  const stop = new AbortController();
  void interrupted().then(() => stop.abort());
  const end = await openDevice({
    ...place,
    headless: options.headless ?? false,
    ...(options.host && { host: options.host }),
    ...(options.cdpPort !== undefined && { cdpPort: options.cdpPort }),
    ...(options.verbose && {
      onCommand: ({ id, command, ms, error }) =>
        console.error(`${id.padStart(3)} ${command} ${ms} ms${error ? ` ${error}` : ""}`),
    }),
    onLog: (line) => console.error(line),
    signal: stop.signal,
  });
  if (end.phase === "complete") console.log("Complete: the result is delivered, and this browser's profile is wiped.");
  else console.log(`Not complete (${end.error?.code ?? end.phase}): ${end.error?.message ?? "the session ended"}`);
  if (end.returnUrl) console.log(`Back to: ${end.returnUrl}`);
  return end.phase === "complete" ? 0 : 1;
}
