import type { Operation, Provider } from "@passage/automation/operation";
import { providers } from "@passage/catalog";

/** A provider as this server offers it: of the catalog, or a package's that `--providers` named. */
export interface OfferedProvider extends Provider {
  /** Whether there is a stand-in for its site, which links of test mode open. */
  readonly hasSandbox: boolean;
}

export { manifests, providers, publishers } from "@passage/catalog";

export function findProvider(id: string): OfferedProvider | undefined {
  return providers.find((provider) => provider.id === id);
}

export function findOperation(provider: Provider, resource: string, action: string): Operation | undefined {
  return provider.operations.find((one) => one.resource === resource && one.action === action);
}
