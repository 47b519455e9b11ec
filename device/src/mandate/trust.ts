import type { PublisherKey } from "@passage/protocol/http/publishers";
import type { AcceptedManifest } from "./freshness.ts";

/**
 * What the owner of a device has decided about publishers, and what the device has accepted of them. Whoever ships the device
 * keeps it, and decides with it.
 */
export interface Trust {
  /** Publishers to believe besides the built-in ones. */
  readonly added: readonly PublisherKey[];
  /** Why a key is not to be believed any more, in a sentence for the person, or null. @param server the session's, as an origin */
  refusal(thumbprint: string, server: string): Promise<string | null>;
  /** What the server publishes. @throws in words for the person */
  published(server: string): Promise<readonly PublisherKey[]>;
  /** @param operation as `operationKey` spells it */
  newest(thumbprint: string, operation: string): AcceptedManifest | undefined;
  /** @throws where it cannot be kept */
  accept(thumbprint: string, operation: string, accepted: AcceptedManifest): void;
}

/** Of a device that keeps nothing: its built-in publishers are all that it believes. */
export const builtInAlone: Trust = {
  added: [],
  refusal: async () => null,
  published: async () => [],
  newest: () => undefined,
  accept: () => {},
};
