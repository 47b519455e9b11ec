import { exitCodes } from "../command.ts";
import { DataFolder } from "../runtime/data-folder.ts";
import { checkData } from "./data-checks.ts";
import type { Finding } from "./finding.ts";
import { checkMachine } from "./machine-checks.ts";
import { checkParts } from "./part-checks.ts";

export interface DoctorOptions {
  readonly port: number;
  readonly host: string;
  readonly data?: string;
  readonly json?: boolean;
}

const marks = { ok: "ok     ", warning: "warning", fault: "FAULT  " } as const;

/** Looks at all that a server needs here; one line a check, and what to do where one is not well. Failed when there is a fault. */
export async function doctor(options: DoctorOptions): Promise<number> {
  const data = new DataFolder(options.data);
  const findings: Finding[] = [];
  for (const check of [checkParts(), checkMachine(options, data), checkData(data)])
    for await (const finding of check) {
      findings.push(finding);
      if (!options.json) console.log(lineOf(finding));
    }
  const faults = findings.filter(({ state }) => state === "fault").length;
  if (options.json) console.log(JSON.stringify({ faults, findings }));
  else console.log(faults === 0 ? "Nothing is in the way." : `${faults} of ${findings.length} need mending.`);
  return faults === 0 ? exitCodes.done : exitCodes.failed;
}

function lineOf({ state, about, found, advice }: Finding): string {
  const line = `${marks[state]}  ${about}: ${found}`;
  return advice === null ? line : `${line}\n         ${advice}`;
}
