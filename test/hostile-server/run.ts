import { playSequences } from "./sequences.ts";

/** `node test/hostile-server/run.ts <first> <many> [session]`: plays those sequences. Status 1 says that the property failed. */
const [first = "1", many = "100", only] = process.argv.slice(2);
try {
  const tally = await playSequences(Number(first), Number(many), only);
  console.log(JSON.stringify({ ...tally, data: Object.fromEntries(tally.data) }));
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
