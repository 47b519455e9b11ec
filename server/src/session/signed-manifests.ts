import { operationTerms } from "@passage/protocol/consent";
import { type OperationManifest, operationKey } from "@passage/protocol/manifest";
import { decodeJwt } from "jose";
import { manifests } from "../catalog.ts";

/** The publisher's signed manifests of the operations, for the device. One that was never signed is missing. */
export function signedManifests(
  provider: string,
  operations: readonly { readonly resource: string; readonly action: string }[],
): string[] {
  return operations.flatMap((one) => manifests[operationKey({ provider, ...one })] ?? []);
}

const details = new Map<string, readonly string[]>();

/** What a claim page says of an operation beside its description. The device makes the same sentences from what is signed. */
export function operationDetails(operation: {
  readonly provider: string;
  readonly resource: string;
  readonly action: string;
}): readonly string[] {
  const key = operationKey(operation);
  const signedText = manifests[key];
  const known =
    details.get(key) ?? (signedText ? operationTerms(decodeJwt<OperationManifest>(signedText)).details : []);
  details.set(key, known);
  return known;
}

/** When the first of them expires, in epoch seconds: from then on devices refuse it. */
export function firstExpiry(): number {
  expiry ??= Math.min(...Object.values(manifests).map((jws) => decodeJwt<OperationManifest>(jws).expiresAt));
  return expiry;
}
let expiry: number | undefined;
