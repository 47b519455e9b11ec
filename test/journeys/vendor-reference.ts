/**
 * The shapes that the vendor's published reference documents for Connect, written down by hand from it, in its words and
 * not in ours: a client written against the reference must be able to read our answers.
 */
export type LinkStatus = "pending" | "active" | "complete" | "failed" | "expired";

export interface CreateLinkResponse {
  linkId: string;
  claimCode: string;
  integrationId: string;
  operations: { resource: string; action: string }[];
  /** The first operation's, for clients of the single form. */
  resource: string;
  action: string;
  status: "pending";
  appClipUrl: string;
  returnUrl?: string | null | undefined;
  expiresAt: number;
  createdAt: number;
}

export interface ListedLink {
  id: string;
  integrationId: string;
  operations?: { resource: string; action: string }[] | undefined;
  resource: string;
  action: string;
  externalUserId: string | null;
  status: LinkStatus;
  currentSessionId: string | null;
  expiresAt: number;
  createdAt: number;
  updatedAt: number;
}

export interface GetLinkResponse<Result = unknown> extends ListedLink {
  returnUrl?: string | null | undefined;
  result?: Result | null | undefined;
  error?: { code: string; message: string } | null | undefined;
}

export interface ListLinksResponse {
  links: ListedLink[];
}

export interface ClaimLinkResponse {
  linkId: string;
  sessionId: string;
  clientToken: string;
  websocketUrl: string;
  expiresAt: number;
}

export interface ProvidersResponse {
  providers: {
    id: string;
    name: string;
    resources: {
      name: string;
      operations: Record<
        string,
        { description: string; arguments: Record<string, unknown> | null; result: Record<string, unknown> | null }
      >;
    }[];
  }[];
}

export interface WebhookKeyResponse {
  key_id: string;
  key: string;
}

export interface CreateSessionResponse {
  sessionId: string;
  clientToken: string;
  workerToken: string;
  websocketUrl: string;
  expiresAt: number;
}

export type WebhookBody = {
  linkId: string;
  timestamp: number;
} & (
  | { event: "link.complete"; status: "complete"; result: unknown; error?: null }
  | { event: "link.failed"; status: "failed"; result?: null | undefined; error: { code: string; message: string } }
);

export interface ErrorResponse {
  error: string;
  issues?: { path: string; message: string }[] | undefined;
}

/** `mobileBillingStatement` read. */
export interface BillingResult {
  billing: {
    statementId?: string | undefined;
    periodStart: string;
    periodEnd?: string | undefined;
    dueDate?: string | undefined;
    amountDue: number;
    currency: string;
  }[];
}
