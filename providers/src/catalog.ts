import { appleReview } from "./apple-review/provider.ts";
import { att } from "./att/provider.ts";
import type { Operation, Provider } from "./define.ts";
import { tmobile } from "./tmobile/provider.ts";
import { ubereats } from "./ubereats/provider.ts";
import { verizon } from "./verizon/provider.ts";

export const providers: readonly Provider[] = [tmobile, att, verizon, ubereats, appleReview];

export function findProvider(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}

export function findOperation(provider: Provider, resource: string, action: string): Operation | undefined {
  return provider.operations.find((one) => one.resource === resource && one.action === action);
}

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
