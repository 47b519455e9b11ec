import type { Call, RequestOptions } from "../http/client-call.ts";
import type {
  CreatedWebhookEndpoint,
  CreateEndpointRequest,
  EndpointList,
  Redelivered,
  RedeliverSinceRequest,
  RotatedSecret,
  RotateRequest,
  TestedEndpoint,
  UpdateEndpointRequest,
  WebhookEndpoint,
} from "../protocol.generated.ts";

/** `passage.webhookEndpoints`: where events go, beside each link's own `webhookUrl`. */
export class WebhookEndpoints {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** @throws {PassageError} `validation_failed` with `issues`, also for an address that webhooks may not go to */
  async create(request: CreateEndpointRequest, options: RequestOptions = {}): Promise<CreatedWebhookEndpoint> {
    return this.#call("createEndpoint", { ...options, body: request });
  }

  /** All of them: an organization has at most 50. */
  async list(): Promise<EndpointList> {
    return this.#call("listEndpoints", {});
  }

  /** @throws {PassageError} `not_found` */
  async get(endpointId: string): Promise<WebhookEndpoint> {
    return this.#call("getEndpoint", { id: endpointId });
  }

  /** @throws {PassageError} `not_found`, `validation_failed` with `issues` */
  async update(endpointId: string, change: UpdateEndpointRequest): Promise<WebhookEndpoint> {
    return this.#call("updateEndpoint", { id: endpointId, body: change });
  }

  /** Ends what is on its way to it. @throws {PassageError} `not_found` */
  async delete(endpointId: string): Promise<void> {
    await this.#call("deleteEndpoint", { id: endpointId });
  }

  /** Makes a new secret; webhooks carry a signature by each for the overlap. */
  async rotateSecret(
    endpointId: string,
    { overlapSeconds, ...options }: RotateRequest & RequestOptions = {},
  ): Promise<RotatedSecret> {
    return this.#call("rotateEndpointSecret", { ...options, id: endpointId, body: { overlapSeconds } });
  }

  /** Sends what happened since a time to this endpoint, in order. Returns how many deliveries that makes. */
  async redeliver(
    endpointId: string,
    request: RedeliverSinceRequest,
    options: RequestOptions = {},
  ): Promise<Redelivered> {
    return this.#call("redeliverSince", { ...options, id: endpointId, body: request });
  }

  /** Sends a test event to this endpoint alone. */
  async test(endpointId: string, options: RequestOptions = {}): Promise<TestedEndpoint> {
    return this.#call("testEndpoint", { ...options, id: endpointId });
  }
}
