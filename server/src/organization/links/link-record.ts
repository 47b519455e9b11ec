import type { LinkStep } from "@passage/protocol/events";
import type { LinkStatus } from "@passage/protocol/http/link";
import type { LinkState } from "./machine.ts";

export interface OperationName {
  readonly resource: string;
  readonly action: string;
}

/** What a link was created with. Only the vault opens what is sealed. */
export interface LinkFacts {
  readonly id: string;
  readonly provider: string;
  readonly operations: readonly OperationName[];
  readonly returnUrl: string | null;
  readonly externalUserId: string | null;
  readonly metadata: Record<string, unknown> | null;
  readonly reusable: boolean;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** A link as its row has it. */
export interface LinkRecord extends LinkFacts {
  /** The arguments of its operations, in order, as sealed JSON text; null once no attempt can need them. */
  readonly sealedArguments: string | null;
  readonly webhookUrl: string | null;
  readonly debug: boolean;
  readonly state: LinkState;
  readonly updatedAt: number;
}

export type NewLink = Omit<LinkRecord, "state" | "updatedAt"> & { readonly claimHash: string };

export type FactsRow = {
  id: string;
  provider: string;
  operations: string;
  return_url: string | null;
  external_user_id: string | null;
  metadata: string | null;
  reusable: number;
  expires_at: number;
  created_at: number;
};

/** The columns that hold the state of the machine, in the words of the API: a cancelled link is an expired one there. */
export type StateRow = {
  status: LinkStatus;
  step: LinkStep | null;
  current_session_id: string | null;
  sealed_result: string | null;
  error: string | null;
  cancelled_at: number | null;
};

export type LinkRow = FactsRow &
  StateRow & { sealed_arguments: string | null; webhook_url: string | null; debug: number; updated_at: number };

export function toFacts(row: FactsRow): LinkFacts {
  return {
    id: row.id,
    provider: row.provider,
    operations: JSON.parse(row.operations),
    returnUrl: row.return_url,
    externalUserId: row.external_user_id,
    metadata: row.metadata === null ? null : JSON.parse(row.metadata),
    reusable: row.reusable === 1,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  };
}

export function toRecord(row: LinkRow): LinkRecord {
  return {
    ...toFacts(row),
    sealedArguments: row.sealed_arguments,
    webhookUrl: row.webhook_url,
    debug: row.debug === 1,
    state: toState(row),
    updatedAt: row.updated_at,
  };
}

/** @throws when the columns hold what no state allows */
export function toState(row: StateRow): LinkState {
  const { status, step, current_session_id: sessionId, sealed_result: sealedResult, error, cancelled_at: at } = row;
  if (status === "pending") return { status };
  if (status === "expired")
    return at === null ? { status, sessionId } : { status: "cancelled", at, sessionId, sealedResult };
  if (status === "active" && sessionId !== null && step !== null) return { status, sessionId, step, sealedResult };
  if (status === "complete" && sessionId !== null && sealedResult !== null) return { status, sessionId, sealedResult };
  if (status === "failed" && sessionId !== null && error !== null)
    return { status, sessionId, error: JSON.parse(error) };
  throw new Error(`A link's row is ${status} without what that needs.`);
}

export function toStateRow(state: LinkState): StateRow {
  return {
    status: state.status === "cancelled" ? "expired" : state.status,
    step: state.status === "active" ? state.step : null,
    current_session_id: state.status === "pending" ? null : state.sessionId,
    sealed_result: "sealedResult" in state ? state.sealedResult : null,
    error: state.status === "failed" ? JSON.stringify(state.error) : null,
    cancelled_at: state.status === "cancelled" ? state.at : null,
  };
}
