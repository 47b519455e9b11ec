import type { Call } from "../http/client-call.ts";
import type { ProviderHealth, ProviderList } from "../protocol.generated.ts";

/** `passage.providers`: what links may ask for. */
export class Providers {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** @throws {PassageError} `unauthorized`, `connection_failed` */
  async list(): Promise<ProviderList> {
    return this.#call("listProviders", {});
  }

  /** Reads how a provider's operations fare. @throws {PassageError} `not_found`, `unauthorized`, `connection_failed` */
  async health(providerId: string): Promise<ProviderHealth> {
    return this.#call("getProviderHealth", { id: providerId });
  }
}
