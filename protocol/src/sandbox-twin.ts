/**
 * The sandbox twin of a live address: `https://www.t-mobile.com/x` becomes `http://www.t-mobile.localhost:8787/x`.
 * @param sandboxUrl where the sandbox answers, such as `http://localhost:8787`; only its scheme and port are used.
 */
export function sandboxTwin(liveUrl: string, sandboxUrl: string): string {
  const live = new URL(liveUrl);
  const { protocol, port } = new URL(sandboxUrl);
  const host = live.hostname.replace(/\.[a-z]+$/, ".localhost");
  return `${protocol}//${host}${port && `:${port}`}${liveUrl.slice(live.origin.length)}`;
}
