import type { Call } from "./call.ts";

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
}
