import { Random } from "./random.ts";

/** The bill read asks the device for eleven things; the fourth is the person's turn. */
export const requestCount = 11;
const personsTurn = 4;

/** Where in the work on a request a fault strikes, as the device sees it. */
const moments = ["asked", "acted", "answered"] as const;
export type Moment = (typeof moments)[number];

interface At {
  readonly request: number;
  readonly moment: Moment;
  readonly afterMs: number;
}

/** `afterMs` and the other times are the only waits of a run. */
export type Fault = At &
  (
    | { readonly type: "kill" }
    /** The socket is gone for `awayMs`. `helloLast` sends what was left to answer before the hello. */
    | { readonly type: "cut"; readonly awayMs: number; readonly helloLast: boolean }
    /** Another device with the same token takes over, with no memory. `twins`: two of them in the same tick. */
    | { readonly type: "switch"; readonly twins: boolean }
    /** A second socket writes what is not JSON. As `client` it takes the device's place first, so another device has to come. */
    | { readonly type: "garbage"; readonly as: "viewer" | "client"; readonly frame: string }
    | { readonly type: "delay"; readonly ms: number }
    | { readonly type: "duplicate"; readonly copies: number }
    /** Answers, with a wrong result, to ids that are not pending. */
    | { readonly type: "stray"; readonly count: number }
  );

export interface Attempt {
  readonly ending: "complete" | "gives_up";
  readonly faults: readonly Fault[];
  /** Kills the server this long after the claim was sent. */
  readonly killAfterClaimMs: number | null;
}

export interface Schedule {
  readonly seed: number;
  /** Every one but the last is given up; then the link is claimed again. */
  readonly attempts: readonly Attempt[];
}

const garbage = ["{", "[]", "null", "hello", '{"no":"type"}', '{"type":5}', ""] as const;

/** What happens in a seed's run. Pure: the same seed has the same schedule. */
export function scheduleOf(seed: number): Schedule {
  const random = new Random(seed);
  const givesUp = random.chance(0.25);
  const claimsAgain = givesUp && random.chance(0.6);
  const attempts: Attempt[] = [attempt(random, givesUp ? "gives_up" : "complete")];
  if (claimsAgain) attempts.push(attempt(random, random.chance(0.8) ? "complete" : "gives_up"));
  return { seed, attempts };
}

function attempt(random: Random, ending: Attempt["ending"]): Attempt {
  const last = ending === "complete" ? requestCount : personsTurn;
  const faults = Array.from({ length: random.between(1, 7) }, () => fault(random, last));
  const kills = random.chance(0.18) ? [kill(random, last)] : [];
  const killAfterClaimMs = random.chance(0.05) ? random.between(0, 8) : null;
  return { ending, faults: [...faults, ...kills].sort((a, b) => a.request - b.request), killAfterClaimMs };
}

/** Many strike at the end, where the outcome goes from the session to its organization, and from there to the webhook. */
function kill(random: Random, last: number): Fault {
  if (random.chance(0.6)) return { type: "kill", ...at(random, last) };
  return { type: "kill", request: last, moment: "answered", afterMs: random.between(0, 12) };
}

function at(random: Random, last: number): At {
  return { request: random.between(1, last), moment: random.pick(moments), afterMs: random.between(0, 6) };
}

function fault(random: Random, last: number): Fault {
  const where = at(random, last);
  const kind = random.pick(["cut", "cut", "cut", "switch", "garbage", "delay", "delay", "duplicate", "stray"] as const);
  switch (kind) {
    case "cut":
      return { type: kind, ...where, awayMs: random.between(0, 30), helloLast: random.chance(0.3) };
    case "switch":
      return { type: kind, ...where, twins: random.chance(0.4) };
    case "garbage":
      return { type: kind, ...where, as: random.pick(["viewer", "viewer", "client"]), frame: random.pick(garbage) };
    case "delay":
      return { type: kind, ...where, moment: random.pick(["asked", "acted"]), ms: random.between(5, 60) };
    case "duplicate":
      return { type: kind, ...where, moment: "answered", copies: random.between(1, 3) };
    case "stray":
      return { type: kind, ...where, count: random.between(1, 3) };
  }
}

/** The schedule as a person reads it, one line a fault. */
export function describeSchedule({ seed, attempts }: Schedule): string[] {
  return attempts.flatMap(({ ending, faults, killAfterClaimMs }, index) => [
    `seed ${seed}, attempt ${index + 1}: ${ending === "complete" ? "completes" : "the person gives up"}`,
    ...(killAfterClaimMs === null ? [] : [`  kill ${killAfterClaimMs} ms after the claim is sent`]),
    ...faults.map(({ type, request, moment, afterMs, ...rest }) => {
      const settings = Object.entries(rest).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
      return `  request ${request} ${moment} +${afterMs} ms: ${type}${settings.join("")}`;
    }),
  ]);
}
