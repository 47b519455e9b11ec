import { type OperationTerms, operationTerms } from "@passage/protocol/consent";
import type { OperationManifest } from "@passage/protocol/manifest";
import { askerName } from "./asker-name.ts";

/** What the person is asked. All but `requestedBy` and `server` is what the publisher has signed. */
export interface ConsentTerms {
  readonly providerName: string;
  /** Who made the link, as its server names them. */
  readonly requestedBy: string;
  /** The host of the server, which gets what leaves. */
  readonly server: string;
  /** False in test mode, where pages of this machine stand in for the real site. */
  readonly isLive: boolean;
  readonly operations: readonly OperationTerms[];
}

export function consentTerms(
  operations: readonly OperationManifest[],
  { server, requestedBy, isLive }: { readonly server: string; readonly requestedBy: string; readonly isLive: boolean },
): ConsentTerms {
  return {
    providerName: operations[0]?.providerName ?? "",
    requestedBy: askerName(requestedBy),
    server: URL.parse(server)?.host ?? server,
    isLive,
    operations: operations.map(operationTerms),
  };
}
