/**
 * The one registry of prefixes. Every minted string is `prefix + tag + random + seal`: the tag routes a request to its
 * organization without a look-up, the seal lets the door refuse what was never minted here. Opaque to users.
 * A secret (right column) never shares a prefix with a handle (left column).
 */
export const handlePrefixes = {
  link: "link_",
  session: "sess_",
  event: "evt_",
  request: "req_",
  webhookKey: "wsk_",
  apiKey: "key_",
  auditEntry: "aud_",
  webhookEndpoint: "whe_",
  organization: "org_",
} as const;

export const secretPrefixes = {
  claimCode: "clm_",
  clientToken: "ct_",
  workerToken: "wt_",
  testKey: "psg_test_",
  liveKey: "psg_live_",
  operatorToken: "opr_",
  /** Base64 behind it, as Standard Webhooks asks: no tag, no seal. */
  webhookSecret: "whsec_",
} as const;

export const prefixes = { ...handlePrefixes, ...secretPrefixes } as const;

export type IdKind = keyof typeof prefixes;

export const modes = ["test", "live"] as const;
/** `test` links open the sandbox, `live` links the real sites. An API key belongs to one mode. */
export type Mode = (typeof modes)[number];
