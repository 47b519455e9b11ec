import { operationKey } from "@passage/protocol/manifest";
import signed from "@passage/providers/manifests" with { type: "json" };

const manifests: Readonly<Record<string, string>> = signed;

/** The publisher's signed manifests of the operations, for the device. One that was never signed is missing. */
export function signedManifests(
  provider: string,
  operations: readonly { readonly resource: string; readonly action: string }[],
): string[] {
  return operations.flatMap((one) => manifests[operationKey({ provider, ...one })] ?? []);
}
