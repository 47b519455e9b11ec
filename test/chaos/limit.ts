/** The promise, or a rejection that says what did not happen in time. */
export function within<T>(promise: Promise<T>, ms: number, what: () => string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${what()} within ${ms / 1000} s`)), ms);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}

/** Asks again and again until the answer is yes. @throws what did not become so within the time */
export async function until(isSo: () => Promise<boolean>, ms: number, what: () => string): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await isSo())) if (performance.now() > deadline) throw new Error(`${what()} within ${ms / 1000} s`);
}
