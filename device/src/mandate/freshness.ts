import { createHash } from "node:crypto";
import { canonicalJson } from "@passage/protocol/canonical-json";
import type { OperationManifest } from "@passage/protocol/manifest";

/** The newest manifest that a device has accepted of a publisher's key and an operation. */
export interface AcceptedManifest {
  readonly version: number;
  /** Epoch seconds. */
  readonly issuedAt: number;
  /** SHA-256 of its canonical JSON without its dates, in hex. */
  readonly content: string;
}

/** By how much the clocks of a build and of a device may differ, in seconds. */
const clockDifference = 86_400;

/** Why the manifest's dates do not hold now, in a sentence for the person, or null. @param now epoch seconds */
export function staleness({ issuedAt, expiresAt }: OperationManifest, now: number): string | null {
  if (expiresAt <= now) return `It expired on ${day(expiresAt)}: the server must be updated.`;
  // A build with a wrong clock would otherwise keep all later builds out of this device.
  if (issuedAt > now + clockDifference)
    return `It is dated ${day(issuedAt)}, which is not yet: this device's clock is wrong, or the server must be updated.`;
  return null;
}

/**
 * Why a device that has accepted `newest` does not go back to the manifest, in a sentence for the person, or null. One that
 * declares the same is no step back, whenever it was signed: the builds of several servers need not be of one minute.
 */
export function stepBack(manifest: OperationManifest, newest: AcceptedManifest | undefined): string | null {
  if (!newest || contentOf(manifest) === newest.content) return null;
  const { version, issuedAt } = manifest;
  if (version >= newest.version && issuedAt >= newest.issuedAt) return null;
  return `It is older (version ${version} of ${day(issuedAt)}) than what this device has accepted before (version ${newest.version} of ${day(newest.issuedAt)}): the server must be updated.`;
}

/** What is to be kept when the manifest is accepted after `before`. */
export function newestOf(manifest: OperationManifest, before: AcceptedManifest | undefined): AcceptedManifest {
  const { version, issuedAt } = manifest;
  const content = contentOf(manifest);
  return before && before.issuedAt > issuedAt ? before : { version, issuedAt, content };
}

function contentOf({ issuedAt, expiresAt, ...content }: OperationManifest): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

/** The day of a time in epoch seconds, as `2026-11-28`. */
export function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
