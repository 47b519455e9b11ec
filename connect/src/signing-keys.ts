import type { Call, RequestOptions } from "./call.ts";
import type { RotatedSecret } from "./webhook-endpoint.ts";

/** The ES256 keys that sign an organization's webhooks, the one in use first. Times are epoch milliseconds. */
export interface SigningKeyList {
  /** The `aud` of every signature. */
  organization: string;
  /** Where a JWT library finds the public halves. */
  jwksUrl: string;
  keys: { keyId: string; createdAt: number; retiresAt: number | null }[];
}

interface Overlap {
  /** How long the old one is valid beside the new one. Default a day; 0 withdraws it at once. */
  overlapSeconds?: number | undefined;
}

/** `passage.webhookKeys`: what webhooks are signed with. */
export class WebhookKeys {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  async list(): Promise<SigningKeyList> {
    return this.#call("GET", "/v1/webhook_keys");
  }

  /** Makes a new ES256 key. */
  async rotate({ overlapSeconds, ...options }: Overlap & RequestOptions = {}): Promise<SigningKeyList> {
    return this.#call("POST", "/v1/webhook_keys/rotate", { ...options, body: { overlapSeconds } });
  }

  /** Makes a new Standard Webhooks secret for what goes to links' own `webhookUrl`s; the first call makes the first. */
  async rotateLinkSecret({ overlapSeconds, ...options }: Overlap & RequestOptions = {}): Promise<RotatedSecret> {
    return this.#call("POST", "/v1/webhook_secret/rotate", { ...options, body: { overlapSeconds } });
  }
}
