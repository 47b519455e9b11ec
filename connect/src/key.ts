/** What an API key may do. `<resource>:*` holds both of a resource's scopes, `*` holds all. */
export type Scope =
  | "*"
  | "links:*"
  | "sessions:*"
  | "keys:*"
  | "webhooks:*"
  | "links:read"
  | "links:write"
  | "sessions:read"
  | "sessions:write"
  | "keys:read"
  | "keys:write"
  | "webhooks:read"
  | "webhooks:write"
  | "events:read"
  | "audit:read";

/** An API key as lists show it. Times are epoch milliseconds. */
export interface Key {
  id: string;
  name: string | null;
  mode: "test" | "live";
  scopes: Scope[];
  /** Its last four characters. */
  hint: string;
  /** To the minute. */
  lastUsedAt: number | null;
  createdAt: number;
  expiresAt: number | null;
  revokedAt: number | null;
  /** The key that it was rotated to. */
  replacedBy: string | null;
}

/** A key that was just made. `key` is the secret, shown this once. */
export interface CreatedKey extends Key {
  key: string;
}

export interface CreateKeyRequest {
  /** What you call it. */
  name?: string | undefined;
  /** Default `["*"]`. A key cannot give what it may not do itself. */
  scopes?: Scope[] | undefined;
  /** Seconds; without it the key does not expire. */
  expiresIn?: number | undefined;
}

export interface KeyList {
  keys: Key[];
  nextCursor: string | null;
}

/** One change that somebody made. */
export interface AuditEntry {
  id: string;
  /** Epoch milliseconds. */
  at: number;
  /** The id of the API key, or `operator`. */
  actor: string;
  /** For example `key.created`, `link.cancelled`. */
  action: string;
  /** The id of what was changed. */
  target: string;
  requestId: string;
}

export interface AuditLog {
  entries: AuditEntry[];
  nextCursor: string | null;
}
