/** What an API key may do. */
export const scopes = [
  "links:read",
  "links:write",
  "sessions:read",
  "sessions:write",
  "keys:read",
  "keys:write",
  "webhooks:read",
  "webhooks:write",
  "events:read",
  "audit:read",
] as const;
export type Scope = (typeof scopes)[number];

/** What a key can be given. */
export const grants = ["*", "links:*", "sessions:*", "keys:*", "webhooks:*", ...scopes] as const;
export type Grant = (typeof grants)[number];

/** Whether a key with these grants may do what needs this scope (or may give this grant on). */
export function allows(granted: readonly Grant[], wanted: Grant): boolean {
  const [resource = ""] = wanted.split(":");
  return granted.some((grant) => grant === "*" || grant === wanted || grant === `${resource}:*`);
}
