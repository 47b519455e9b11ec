import { type Call, idIn, type RequestOptions } from "./call.ts";
import type {
  CreatedWebhookEndpoint,
  CreateEndpointRequest,
  RedeliverSinceRequest,
  RotatedSecret,
  UpdateEndpointRequest,
  WebhookEndpoint,
} from "./webhook-endpoint.ts";

/** `passage.webhookEndpoints`: where events go, beside each link's own `webhookUrl`. */
export class WebhookEndpoints {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** @throws {PassageError} `validation_failed` with `issues`, also for an address that webhooks may not go to */
  async create(request: CreateEndpointRequest, options: RequestOptions = {}): Promise<CreatedWebhookEndpoint> {
    return this.#call("POST", "/v1/webhook_endpoints", { ...options, body: request });
  }

  /** All of them: an organization has at most 50. */
  async list(): Promise<{ endpoints: WebhookEndpoint[] }> {
    return this.#call("GET", "/v1/webhook_endpoints");
  }

  /** @throws {PassageError} `not_found` */
  async get(endpointId: string): Promise<WebhookEndpoint> {
    return this.#call("GET", at(endpointId));
  }

  /** @throws {PassageError} `not_found`, `validation_failed` with `issues` */
  async update(endpointId: string, change: UpdateEndpointRequest): Promise<WebhookEndpoint> {
    return this.#call("PATCH", at(endpointId), { body: change });
  }

  /** Ends what is on its way to it. @throws {PassageError} `not_found` */
  async delete(endpointId: string): Promise<void> {
    await this.#call("DELETE", at(endpointId));
  }

  /** Makes a new secret; webhooks carry a signature by each for the overlap (seconds; default a day). */
  async rotateSecret(
    endpointId: string,
    { overlapSeconds, ...options }: { overlapSeconds?: number | undefined } & RequestOptions = {},
  ): Promise<RotatedSecret> {
    return this.#call("POST", `${at(endpointId)}/rotate_secret`, { ...options, body: { overlapSeconds } });
  }

  /** Sends what happened since a time to this endpoint, in order. Returns how many deliveries that makes. */
  async redeliver(
    endpointId: string,
    request: RedeliverSinceRequest,
    options: RequestOptions = {},
  ): Promise<{ deliveries: number }> {
    return this.#call("POST", `${at(endpointId)}/redeliver`, { ...options, body: request });
  }

  /** Sends a test event to this endpoint alone. */
  async test(endpointId: string, options: RequestOptions = {}): Promise<{ eventId: string }> {
    return this.#call("POST", `${at(endpointId)}/test`, { ...options, body: {} });
  }
}

function at(endpointId: string): string {
  return `/v1/webhook_endpoints/${idIn(endpointId, "whe_abc123")}`;
}
