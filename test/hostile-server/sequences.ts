import { emptyTally, playSequence, type Tally } from "./sequence.ts";
import { sessions } from "./sessions.ts";

/** So many sequences are under way at a time: they mostly wait. */
const lanes = 24;

/**
 * Plays the sequences with the numbers from `first` on; which session one is about follows from its number.
 * @throws what the first one says that does not hold; no other is begun then.
 */
export async function playSequences(first: number, many: number, only?: string): Promise<Tally> {
  const tally = emptyTally();
  const known = sessions().filter(({ name }) => only === undefined || name === only);
  let next = first;
  let failure: unknown = null;
  const lane = async () => {
    while (next < first + many && failure === null) {
      const seed = next++;
      // The small session has every kind of everything, and half of the sequences.
      const session = (seed % 2 === 0 ? known[0] : known[Math.floor(seed / 2) % known.length]) ?? known[0];
      if (!session) throw new Error(`There is no session ${only}`);
      await playSequence(seed, session, tally).catch((error: unknown) => {
        failure ??= error;
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failure !== null) throw failure;
  return tally;
}
