import type { HostName } from "@passage/device/host-names";
import type { LocalDevice } from "@passage/device/local-device";
import type { Operation } from "@passage/providers/define";
import { noteLine } from "../print.ts";
import { interrupted } from "../signals.ts";
import { type Found, findOne, findOperation } from "./find.ts";
import { answeredLine, endedLines, yourTurnLines } from "./live-log.ts";
import { openDeviceFor, type RunOutcome, runOnDevice } from "./runner.ts";
import { openSite, type Site, type SiteOptions } from "./site.ts";

export interface LocalRunOptions extends SiteOptions {
  readonly args?: string;
  readonly dir?: string;
  readonly headless?: boolean;
  readonly cdpPort?: number;
  readonly host?: HostName;
}

export interface LocalRun {
  readonly found: Found;
  readonly operation: Operation;
  readonly site: Site;
  readonly arguments: unknown;
  readonly outcome: RunOutcome;
}

/** One operation in a browser on this machine, with a line on standard error for each of its requests. */
export async function localRun(id: string, operationName: string, options: LocalRunOptions): Promise<LocalRun> {
  const found = await findOne(id, options.dir);
  const operation = findOperation(found, operationName);
  const args = readArguments(operation, options.args);
  const site = await openSite(options, found);
  const { headless = false, cdpPort, host } = options;
  let device: LocalDevice | null = null;
  const stopped = interrupted();
  try {
    const opened = await openDeviceFor(operation, site.siteUrl, {
      headless,
      cdpPort,
      host,
      onRefused: (what) => noteLine(`     kept back: ${what}`),
    });
    device = opened;
    void stopped.then(() => opened.close());
    if (opened.cdpPort !== null) noteLine(`DevTools on http://127.0.0.1:${opened.cdpPort}`);
    const outcome = await runOnDevice(operation, opened, {
      arguments: args,
      onAsked: ({ issued }) => {
        const steps = Object.values(operation.manifest.steps);
        for (const line of yourTurnLines(issued, steps, !headless || opened.cdpPort !== null)) noteLine(line);
      },
      onAnswered: (answered) => noteLine(answeredLine(answered)),
    });
    for (const line of endedLines(outcome, found.folder)) noteLine(line);
    if ("error" in outcome.ended && !headless && outcome.ended.error.details?.reason !== "device_lost") {
      noteLine("The page stays open as it is. Close the window, or press Ctrl-C, to end.");
      await Promise.race([stopped, opened.closed]);
    }
    return { found, operation, site, arguments: args, outcome };
  } finally {
    await device?.close();
    await site.stop();
  }
}

/** @throws where the text is no JSON, or does not fit the operation's arguments. */
function readArguments(operation: Operation, text = "{}"): unknown {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new Error(`--args takes JSON, such as '{"limit":3}': ${(cause as Error).message}`, { cause });
  }
  const { error } = operation.arguments?.safeParse(given) ?? {};
  if (!error) return given;
  const issues = error.issues.map(({ path, message }) => `  ${path.join(".") || "(all)"}: ${message}`);
  throw new Error(`--args does not fit ${operation.resource}:${operation.action}:\n${issues.join("\n")}`);
}
