import type { Call, RequestOptions } from "../http/client-call.ts";
import type { CompleteLinkRequest as AnyOutcome } from "../protocol.generated.ts";
import type { CreatedLink, Link, ResultsOfLink } from "./link.ts";
import { idOf, withResults } from "./links.ts";

/** How a test link ends without a device. */
export type CompleteLinkRequest =
  | (Pick<AnyOutcome, "result"> & { outcome?: "complete" | undefined })
  | (Pick<AnyOutcome, "code" | "reason"> & { outcome: "failed" });

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
    return withResults(await this.#call("completeLink", { id: idOf(link), body: request, idempotencyKey, signal }));
  }
}
