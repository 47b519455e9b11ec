import { type Call, idIn } from "./call.ts";

/** What a link may name: a service, what it has, and what can be done with that. */
export interface Provider {
  id: string;
  name: string;
  resources: {
    name: string;
    /** By action: `read`, `write`. */
    operations: Record<
      string,
      {
        description: string;
        /** JSON Schema; null where it takes none. */
        arguments: Record<string, unknown> | null;
        /** JSON Schema. */
        result: Record<string, unknown> | null;
        /** What it was checked against: the live site, its public documentation, or nothing but the sandbox. */
        evidence: "live" | "documented" | "synthetic";
      }
    >;
  }[];
}

/** How one operation fared in one version of its provider, in the links of this organization and mode. */
export interface OperationHealth {
  resource: string;
  action: string;
  version: number;
  runs: number;
  success: number;
  userGaveUp: number;
  siteChanged: number;
  schemaDrift: number;
  otherFailures: number;
  /** From claim to result, the sign-in included; estimated. Null before the first success. */
  latency: { medianMs: number; p95Ms: number } | null;
  /** Epoch milliseconds. */
  lastRunAt: number | null;
}

/** Every operation of the provider's current version, then what earlier versions counted. */
export interface ProviderHealth {
  id: string;
  /** The current one. */
  version: number;
  operations: OperationHealth[];
}

/** `passage.providers`: what links may ask for. */
export class Providers {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** @throws {PassageError} `unauthorized`, `connection_failed` */
  async list(): Promise<{ providers: Provider[] }> {
    return this.#call("GET", "/v1/providers");
  }

  /** Reads how a provider's operations fare. @throws {PassageError} `not_found`, `unauthorized`, `connection_failed` */
  async health(providerId: string): Promise<ProviderHealth> {
    return this.#call("GET", `/v1/providers/${idIn(providerId, "tmobile")}/health`);
  }
}
