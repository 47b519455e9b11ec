import { type OperationManifest, operationKey } from "@passage/protocol/manifest";
import signed from "@passage/providers/manifests" with { type: "json" };
import { decodeJwt } from "jose";

const manifests: Readonly<Record<string, string>> = signed;

/** The publisher's signed manifests of the operations, for the device. One that was never signed is missing. */
export function signedManifests(
  provider: string,
  operations: readonly { readonly resource: string; readonly action: string }[],
): string[] {
  return operations.flatMap((one) => manifests[operationKey({ provider, ...one })] ?? []);
}

/** When the first of them expires, in epoch seconds: from then on devices refuse it. */
export function firstExpiry(): number {
  expiry ??= Math.min(...Object.values(manifests).map((jws) => decodeJwt<OperationManifest>(jws).expiresAt));
  return expiry;
}
let expiry: number | undefined;
