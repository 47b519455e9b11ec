import { median } from "../load.ts";
import type { Contender } from "./contender.ts";

const oneSessionTrips = 600;
const sessionsAtOnce = 16;
const tripsEach = 50;

/** Times in ms; rates in round trips a second. */
export interface Figures {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly oneSession: number;
  readonly sixteenSessions: number;
}

/** One after the other on one session, then on 16 at once. */
async function measure(contender: Contender): Promise<Figures> {
  const lane = await contender.open();
  const times: number[] = [];
  const startedAt = performance.now();
  for (let trip = 0; trip < oneSessionTrips; trip++) {
    const sentAt = performance.now();
    await lane.roundTrip();
    times.push(performance.now() - sentAt);
  }
  const oneSession = oneSessionTrips / ((performance.now() - startedAt) / 1000);
  await lane.close();

  const lanes = await Promise.all(Array.from({ length: sessionsAtOnce }, () => contender.open()));
  const togetherAt = performance.now();
  await Promise.all(
    lanes.map(async (one) => {
      for (let trip = 0; trip < tripsEach; trip++) await one.roundTrip();
    }),
  );
  const sixteenSessions = (sessionsAtOnce * tripsEach) / ((performance.now() - togetherAt) / 1000);
  await Promise.all(lanes.map((one) => one.close()));
  const p95Ms = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] as number;
  return { medianMs: median(times), p95Ms, oneSession, sixteenSessions };
}

/** All contenders in turn, A B C A B C …; the median of the rounds, of which the first warms up. */
export async function measureInTurn(rounds: number, contenders: Record<string, Contender>) {
  const results = new Map<string, Figures[]>(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, contender] of Object.entries(contenders)) {
      const figures = await measure(contender);
      if (round > 0) results.get(name)?.push(figures);
    }
  return Object.fromEntries([...results].map(([name, figures]) => [name, medians(figures)]));
}

function medians(rounds: readonly Figures[]): Figures {
  const of = (field: keyof Figures) => median(rounds.map((figures) => figures[field]));
  return {
    medianMs: of("medianMs"),
    p95Ms: of("p95Ms"),
    oneSession: of("oneSession"),
    sixteenSessions: of("sixteenSessions"),
  };
}
