import { type Call, idIn, invalidField as invalid, type PageQuery, type RequestOptions } from "./call.ts";
import type { CallOptions } from "./commands.ts";
import { PassageError } from "./errors.ts";
import type {
  AttemptList,
  CreatedLink,
  CreateLinkRequest,
  CreateLinkShorthand,
  Link,
  LinkAttempt,
  LinkList,
  LinkSummary,
  ListLinksQuery,
  RequestedOperation,
} from "./link.ts";
import { Pages } from "./pages.ts";
import { pause } from "./retry.ts";

/** How to wait for a link. */
export interface WaitOptions {
  /** Give up after this many milliseconds. Default: when the link has ended or expired, however long that takes. */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Told at once, and whenever the link's status has changed. */
  onStatus?: ((link: Link) => void) | undefined;
}

const pollMs = 1_000;

/** `passage.links`: account links. */
export class Links {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /**
   * Creates a link. Only a record is made; the session starts when the person claims it at `appClipUrl`.
   *
   * @throws {PassageError} `validation_failed` with `issues`, `unauthorized`, `connection_failed`
   */
  async create(
    request: CreateLinkRequest | CreateLinkShorthand,
    { idempotencyKey, signal }: RequestOptions = {},
  ): Promise<CreatedLink> {
    const body = "provider" in request ? spellOut(request) : request;
    return this.#call("POST", "/v1/links", { body, idempotencyKey, signal });
  }

  /**
   * Reads a link with its outcome. {@link Links.waitFor} reads it until it has one.
   *
   * @throws {PassageError} `not_found` (also for a link of another organization), `unauthorized`, `connection_failed`
   */
  async get(
    linkId: string,
    {
      include,
      signal,
    }: { /** `partial`: what a failed attempt had finished. */ include?: "partial" | undefined } & CallOptions = {},
  ): Promise<Link> {
    return this.#call("GET", at(linkId), { query: { include }, signal });
  }

  /**
   * Lists links, newest first: `await` it for one page, `for await` over it for all of them.
   *
   * @throws {PassageError} `validation_failed` with `issues`, `unauthorized`, `connection_failed`
   */
  list(query: ListLinksQuery = {}): Pages<LinkList, LinkSummary> {
    return new Pages(
      (cursor) => this.#call<LinkList>("GET", "/v1/links", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ links }) => links,
    );
  }

  /** The claims of a link, newest first: `await` it for one page, `for await` over it for all of them. */
  attempts(linkId: string, query: PageQuery = {}): Pages<AttemptList, LinkAttempt> {
    return new Pages(
      async (cursor) =>
        this.#call<AttemptList>("GET", `${at(linkId)}/attempts`, { query: { ...query, ...(cursor && { cursor }) } }),
      ({ attempts }) => attempts,
    );
  }

  /**
   * Cancels a link: it becomes `expired`, and an attempt that is under way ends.
   *
   * @throws {PassageError} `not_found`, `link_already_used` when it is complete
   */
  async cancel(linkId: string, options: RequestOptions = {}): Promise<Link> {
    return this.#call("POST", `${at(linkId)}/cancel`, options);
  }

  /** Deletes a link with its result, attempts and events. @throws {PassageError} `not_found` */
  async delete(linkId: string): Promise<void> {
    await this.#call("DELETE", at(linkId));
  }

  /**
   * Reads the link every second until it is `complete`, `failed` or `expired`, and answers it. For scripts and tests: a server hears
   * of the end by webhook. A `failed` link may still be claimed again.
   *
   * @throws {PassageError} `timeout`, `cancelled`, and what {@link Links.get} throws
   */
  async waitFor(linkId: string, { timeout, signal, onStatus }: WaitOptions = {}): Promise<Link> {
    const until = timeout === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeout;
    for (let last: string | undefined; ; ) {
      const link = await this.get(linkId, { signal });
      if (link.status !== last) onStatus?.(link);
      last = link.status;
      if (link.status === "complete" || link.status === "failed" || link.status === "expired") return link;
      const leftMs = until - Date.now();
      if (leftMs <= 0) throw new PassageError("timeout", `The link is still ${link.status} after ${timeout} ms`);
      await pause(Math.min(pollMs, leftMs), signal);
    }
  }
}

function at(linkId: string): string {
  return `/v1/links/${idIn(linkId, "link_abc123")}`;
}

/** Spells a shorthand out as the documented body. */
function spellOut({ provider, operations, ...options }: CreateLinkShorthand): CreateLinkRequest {
  if ("integrationId" in options) throw invalid("provider", "give either provider or integrationId, not both");
  if (!Array.isArray(operations)) throw invalid("operations", 'is required: a list of { type: "resource:action" }');
  return {
    ...options,
    integrationId: provider,
    operations: operations.map((operation, index) => {
      const [, resource, action] = /^(.+):(read|write)$/.exec(operation?.type ?? "") ?? [];
      if (!resource || !action) {
        throw invalid(`operations.${index}.type`, "must be resource:action, for example mobileBillingStatement:read");
      }
      const named: RequestedOperation = { resource, action: action as "read" | "write" };
      return operation.arguments === undefined ? named : { ...named, arguments: operation.arguments };
    }),
  };
}
