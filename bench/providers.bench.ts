import { loadavg } from "node:os";
import type { SessionTrace } from "@passage/protocol/trace";
import { removeFolder, startPassage } from "../test/harness/passage-process.ts";
import { testCard } from "../test/harness/test-card.ts";
import { median } from "./load.ts";
import { openLink, type Work } from "./providers/open-link.ts";
import { delayedLine } from "./wan/delay.ts";

/**
 * Each operation through the whole product, with 100 ms between device and server: how many round trips it takes, all in
 * all and after the sign-in, and how long it works, without the time that the person takes.
 */
const delayMs = 100;
const rounds = 3;
const mostAfterSignIn = 12;
const { billingAddress: _, ...card } = testCard;
const bills = { resource: "mobileBillingStatement", action: "read" };
const carriers = ["tmobile", "att", "verizon"].flatMap((provider): Work[] => [
  { provider, user: "user_no_mfa", ...bills },
  { provider, user: "user_no_mfa", ...bills, arguments: { limit: 2 } },
  { provider, user: "user_no_mfa", resource: "paymentMethod", action: "read" },
  { provider, user: "user_no_mfa", resource: "paymentMethod", action: "write", arguments: card },
]);
const works: readonly Work[] = [
  ...carriers,
  { provider: "ubereats", user: "user_no_mfa", resource: "orderHistory", action: "read" },
  { provider: "apple-review", user: "user_no_mfa", resource: "readHistory", action: "read" },
];

const passage = await startPassage();
const line = await delayedLine(passage.port, delayMs);
const measured: Record<string, Measure> = {};
const named = ({ provider, resource, action, arguments: given }: Work) =>
  `${provider} ${resource}:${action}${given && "limit" in given ? ` limit ${given.limit}` : ""}`;
try {
  for (const work of works) {
    const traces: Measure[] = [];
    for (let round = 0; round < rounds; round += 1) traces.push(measure(await openLink(passage, line.port, work)));
    const [first] = traces as [Measure];
    const one = {
      ...first,
      workMs: median(traces.map(({ workMs }) => workMs)),
      allMs: median(traces.map(({ allMs }) => allMs)),
    };
    measured[named(work)] = one;
    const { roundTrips, afterSignIn } = one;
    console.log(
      `${named(work).padEnd(44)} ${String(roundTrips).padStart(3)} round trips, ${String(afterSignIn).padStart(2)} after the sign-in: ${Math.round(one.workMs)} ms`,
    );
  }
} finally {
  line.stop();
  await passage.stop();
  removeFolder(passage.data);
}
const isFew = Object.entries(measured).every(
  ([name, { afterSignIn }]) => !name.includes("mobileBillingStatement") || afterSignIn <= mostAfterSignIn,
);
console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
console.log(JSON.stringify({ bench: "providers", delayMs, rounds, operations: measured, billReadInAtMost12: isFew }));
process.exit(isFew ? 0 : 1);

interface Measure {
  readonly roundTrips: number;
  readonly afterSignIn: number;
  /** From the end of the sign-in to the last answer. A confirmation by the person is in it. */
  readonly workMs: number;
  readonly allMs: number;
}

function measure(trace: SessionTrace["trace"]): Measure {
  const signIn = trace.findIndex(({ request }) => request === "yield");
  const after = trace.slice(signIn + 1);
  const ended = (entry: SessionTrace["trace"][number] | undefined) => (entry ? entry.askedAt + (entry.ms ?? 0) : 0);
  const end = ended(trace.at(-1));
  return {
    roundTrips: trace.length,
    afterSignIn: after.length,
    workMs: end - ended(trace[signIn]),
    allMs: end - (trace[0]?.askedAt ?? 0),
  };
}
