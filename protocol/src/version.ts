/** The session protocol's own number. It changes only when an old peer could misread a new one. */
export const protocolVersion = 1;

export type Compatibility =
  | { readonly kind: "compatible" }
  | { readonly kind: "peer_too_new"; readonly ours: number; readonly theirs: number };

/** A peer that names no version (a bare `{type:"client.hello"}`) speaks version 1. */
export function compatibility(theirs: number | undefined): Compatibility {
  if (theirs === undefined || theirs <= protocolVersion) return { kind: "compatible" };
  return { kind: "peer_too_new", ours: protocolVersion, theirs };
}
