import { cedarLibrary } from "../../examples/library-provider/provider.ts";

export { findOperation } from "../../providers/src/catalog.ts";

/** The catalog of a server that offers one provider, which no other clone has. */
export const providers = [cedarLibrary];

export function findProvider(id: string) {
  return providers.find((provider) => provider.id === id);
}
