import { parseArgs } from "node:util";
import { removeFolder, startPassage } from "../harness/passage-process.ts";
import { type Place, sitePlaces, typedPlaces } from "./canaries.ts";
import { forms } from "./forms/all.ts";
import { type MatrixResult, runMatrix } from "./matrix.ts";
import { type ReadRun, runEveryOperation } from "./useful-reads.ts";

/**
 * `npm run canary`: the whole canary matrix, one form per session, with a lost network, a crashed page and a crashed device in each; the
 * device that leaks, through every form; and each operation of the catalogue on the sandbox, `--runs` times (3 unless given).
 * `--form <name>`, once or more, takes these forms alone.
 */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "3" }, form: { type: "string", multiple: true } },
});
const chosen = forms.filter(({ name }) => values.form?.includes(name) ?? true);
const passage = await startPassage();
const startedAt = performance.now();
const problems: string[] = [];
try {
  console.log("form                              canaries  requests  refusals  leaks  leaks without the gate");
  for (const { name } of chosen) {
    const whole = await runMatrix(passage, [name], { cut: true, crash: true, crashDevice: true });
    const leaking = await runMatrix(passage, [name], { gate: false });
    problems.push(...broken(name, whole, leaking));
    const columns = [whole.canaries.length, whole.asked, whole.refusals, found(whole), found(leaking)];
    console.log(
      name.padEnd(34) + columns.map((value, at) => String(value).padStart([8, 10, 10, 7, 24][at] ?? 0)).join(""),
    );
  }
  console.log("\noperation                                     complete  false refusals");
  const runs: ReadRun[] = [];
  for (let round = 0; round < Number(values.runs); round++)
    runs.push(
      ...(await runEveryOperation(passage, ({ operation, status, keptBack }) => {
        if (status !== "complete") problems.push(`${operation} ended as ${status}`);
        for (const line of keptBack) problems.push(`${operation}: ${line}`);
      })),
    );
  for (const [operation, list] of Map.groupBy(runs, (run) => run.operation)) {
    const complete = list.filter(({ status }) => status === "complete").length;
    console.log(
      `${operation.padEnd(46)}${`${complete} of ${list.length}`.padStart(8)}${String(refused(list)).padStart(16)}`,
    );
  }
  const share = (100 * refused(runs)) / runs.length;
  console.log(`\nfalse refusals in ${refused(runs)} of ${runs.length} runs (${share.toFixed(1)} %)`);
} finally {
  await passage.stop();
  removeFolder(passage.data);
}
for (const problem of problems) console.log(`BROKEN  ${problem}`);
console.log(`${problems.length} problems, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
process.exit(problems.length === 0 ? 0 : 1);

/** Canaries that were found at least once. */
function found({ leaks }: MatrixResult): number {
  return new Set(leaks.map(({ canary }) => canary)).size;
}

function refused(runs: readonly ReadRun[]): number {
  return runs.filter(({ keptBack }) => keptBack.length > 0).length;
}

function broken(form: string, whole: MatrixResult, leaking: MatrixResult): string[] {
  return [
    ...whole.unplanted.map((what) => `the site did not get ${what}`),
    ...whole.leaks.map(
      ({ canary, recording, written, near }) =>
        `${form}: ${canary.place} is in what was ${recording}, ${written}: ${JSON.stringify(near)}`,
    ),
    ...(whole.refusals === 0 ? [`${form}: the gate has refused nothing`] : []),
    ...control(form, leaking),
  ];
}

/** What is wrong with the device that leaks: it must leak all that a command comes to, or its form proves nothing. */
function control(name: string, { leaks }: MatrixResult): string[] {
  const leaked = new Set(leaks.map(({ canary }) => canary.place));
  const outOfReach = forms.find((form) => form.name === name)?.outOfReach ?? [];
  const beyond = new Set<Place>(["httpOnly cookie", ...outOfReach]);
  return [...typedPlaces, ...sitePlaces]
    .filter((place) => leaked.has(place) === beyond.has(place))
    .map((place) => `${name}: the device without a gate ${leaked.has(place) ? "leaked" : "did not leak"} ${place}`);
}
