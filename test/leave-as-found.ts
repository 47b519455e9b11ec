import { afterAll, vi } from "vitest";

/** Files of a worker share its modules and its process, which each leaves as it found them. */
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
