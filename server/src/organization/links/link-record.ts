import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { LinkStatus } from "@passage/protocol/http/link";

export interface OperationName {
  readonly resource: string;
  readonly action: string;
}

/** A link as its row has it. What is sealed, only the vault opens. */
export interface LinkRecord {
  readonly seq: number;
  readonly id: string;
  readonly integrationId: string;
  readonly operations: readonly OperationName[];
  /** The arguments of its operations, in order, as sealed JSON text; null once no attempt can need them. */
  readonly sealedArguments: string | null;
  readonly webhookUrl: string | null;
  readonly returnUrl: string | null;
  readonly externalUserId: string | null;
  readonly metadata: Record<string, unknown> | null;
  readonly reusable: boolean;
  readonly debug: boolean;
  readonly status: LinkStatus;
  readonly step: LinkStep | null;
  readonly currentSessionId: string | null;
  /** Sealed JSON text. */
  readonly sealedResult: string | null;
  readonly error: ErrorValue | null;
  readonly cancelledAt: number | null;
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewLink = Pick<
  LinkRecord,
  | "id"
  | "integrationId"
  | "operations"
  | "sealedArguments"
  | "webhookUrl"
  | "returnUrl"
  | "externalUserId"
  | "metadata"
  | "reusable"
  | "debug"
  | "expiresAt"
  | "createdAt"
> & { readonly claimHash: string };

export type LinkRow = {
  seq: number;
  id: string;
  integration_id: string;
  operations: string;
  sealed_arguments: string | null;
  webhook_url: string | null;
  return_url: string | null;
  external_user_id: string | null;
  metadata: string | null;
  reusable: number;
  debug: number;
  status: string;
  step: string | null;
  current_session_id: string | null;
  sealed_result: string | null;
  error: string | null;
  cancelled_at: number | null;
  expires_at: number;
  created_at: number;
  updated_at: number;
};

export function toRecord(row: LinkRow): LinkRecord {
  return {
    seq: row.seq,
    id: row.id,
    integrationId: row.integration_id,
    operations: JSON.parse(row.operations),
    sealedArguments: row.sealed_arguments,
    webhookUrl: row.webhook_url,
    returnUrl: row.return_url,
    externalUserId: row.external_user_id,
    metadata: row.metadata === null ? null : JSON.parse(row.metadata),
    reusable: row.reusable === 1,
    debug: row.debug === 1,
    status: row.status as LinkStatus,
    step: row.step as LinkStep | null,
    currentSessionId: row.current_session_id,
    sealedResult: row.sealed_result,
    error: row.error === null ? null : JSON.parse(row.error),
    cancelledAt: row.cancelled_at,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
