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
