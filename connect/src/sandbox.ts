import type { Call, RequestOptions } from "./call.ts";
import type { CreatedLink, Link, ResultsOfLink } from "./link.ts";
import { addressOf, withResults } from "./links.ts";

/** How a test link ends without a device. */
export type CompleteLinkRequest =
  | {
      /** Default. */
      outcome?: "complete" | undefined;
      /**
       * Must fit the operations' schemas. One operation: its data; several: `{ operations: [{ resource, action, data }] }`, in the
       * link's order. Default: the samples of the operations.
       */
      result?: unknown;
    }
  | {
      outcome: "failed";
      /** Default: the one that comes with `reason`; without that, `AUTOMATION_ERROR`. */
      code?:
        | "AUTOMATION_ERROR"
        | "CLIENT_TIMEOUT"
        | "CONNECTION_FAILED"
        | "UNKNOWN_PROVIDER"
        | "RESULT_VALIDATION_ERROR"
        | "INTERNAL_ERROR"
        | undefined;
      /** For example `user_gave_up`, `wrong_credentials`, `site_changed`: `error.details.reason` of the link. */
      reason?: string | undefined;
    };

/** `passage.sandbox`: test links without a person and a device. */
export class Sandbox {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /**
   * Ends a pending test link, with the event and webhook of a real end.
   *
   * @throws {PassageError} `test_mode_only` for a live link, `link_not_pending`, `validation_failed` with `issues`, `not_found`
   */
  async complete<L extends CreatedLink>(
    link: L,
    request?: CompleteLinkRequest,
    options?: RequestOptions,
  ): Promise<Link<ResultsOfLink<L>>>;
  async complete(linkId: string, request?: CompleteLinkRequest, options?: RequestOptions): Promise<Link>;
  async complete(
    link: string | CreatedLink,
    request: CompleteLinkRequest = {},
    { idempotencyKey, signal }: RequestOptions = {},
  ): Promise<Link> {
    const path = `${addressOf("/v1/sandbox/links", link)}/complete`;
    return withResults(await this.#call("POST", path, { body: request, idempotencyKey, signal }));
  }
}
