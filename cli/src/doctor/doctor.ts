import { exitCodes } from "../command.ts";
import { print, printLines } from "../print.ts";
import { DataFolder } from "../runtime/data-folder.ts";
import { checkProduction } from "../runtime/production-settings.ts";
import { checkData } from "./data-checks.ts";
import type { Finding } from "./finding.ts";
import { checkMachine } from "./machine-checks.ts";
import { checkParts } from "./part-checks.ts";

export interface DoctorOptions {
  readonly port: number;
  readonly host: string;
  /** Judge the settings as those of a server in production; one that runs says itself what it is. */
  readonly production?: boolean;
  readonly publicUrl?: string;
  readonly data?: string;
  readonly json?: boolean;
}

const marks = { ok: "ok     ", warning: "warning", fault: "FAULT  " } as const;

/** Looks at all that a server needs here; one line a check, and what to do where one is not well. Failed when there is a fault. */
export async function doctor(options: DoctorOptions): Promise<number> {
  const data = new DataFolder(options.data);
  const findings: Finding[] = [];
  for (const check of [checkParts(), checkMachine(options, data), checkSettings(options, data), checkData(data)])
    for await (const finding of check) {
      findings.push(finding);
      if (!options.json) printLines(linesOf(finding));
    }
  const faults = findings.filter(({ state }) => state === "fault").length;
  const words = faults === 0 ? "Nothing is in the way." : `${faults} of ${findings.length} need mending.`;
  print(options, { faults, findings }, words);
  return faults === 0 ? exitCodes.done : exitCodes.failed;
}

function checkSettings({ production, publicUrl }: DoctorOptions, data: DataFolder): Finding[] {
  const running = data.server?.production ? data.server : null;
  if (running) return checkProduction({ publicUrl: null, addressHeader: null, ...running });
  const addressHeader = process.env.CLIENT_ADDRESS_HEADER || null;
  return production ? checkProduction({ publicUrl: publicUrl ?? null, addressHeader }) : [];
}

function linesOf({ state, about, found, advice }: Finding): string[] {
  const line = `${marks[state]}  ${about}: ${found}`;
  return advice === null ? [line] : [line, `         ${advice}`];
}
