import { sandboxTwin } from "@passage/protocol/sandbox-twin";
import type { Provider } from "@passage/providers/define";

/** The hosts of the stand-in for a provider's site. */
export function twinsOf({ site, operations }: Provider): string[] {
  const origins = [new URL(site).origin, ...operations.flatMap(({ manifest }) => manifest.origins)];
  return [...new Set(origins.map((origin) => new URL(sandboxTwin(origin, "http://localhost")).hostname))];
}
