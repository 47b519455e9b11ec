import type { Call, RequestOptions } from "../http/client-call.ts";
import type { RotatedSecret, RotateRequest, SigningKeyList } from "../protocol.generated.ts";

/** `passage.webhookKeys`: what webhooks are signed with. */
export class WebhookKeys {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  async list(): Promise<SigningKeyList> {
    return this.#call("listSigningKeys", {});
  }

  /** Makes a new ES256 key. */
  async rotate({ overlapSeconds, ...options }: RotateRequest & RequestOptions = {}): Promise<SigningKeyList> {
    return this.#call("rotateSigningKey", { ...options, body: { overlapSeconds } });
  }

  /** Makes a new Standard Webhooks secret for what goes to links' own `webhookUrl`s; the first call makes the first. */
  async rotateLinkSecret({ overlapSeconds, ...options }: RotateRequest & RequestOptions = {}): Promise<RotatedSecret> {
    return this.#call("rotateLinkSecret", { ...options, body: { overlapSeconds } });
  }
}
