import fc from "fast-check";
import { afterAll, vi } from "vitest";

/**
 * `npm test` draws the same random values each time, so that a change fails by its own fault only. `npm run conformance`
 * draws new ones, and prints the seed of what fails.
 */
if (process.env.PASSAGE_TESTS !== "conformance") fc.configureGlobal({ seed: 20_261_130 });

/** Files of a worker share its modules and its process, which each leaves as it found them. */
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
