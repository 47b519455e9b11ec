import type { CallOptions } from "../browser/command.ts";
import { PassageError } from "../errors.ts";
import { type Call, invalidField as invalid, type RequestOptions } from "../http/client-call.ts";
import { Pages } from "../http/pages.ts";
import { pause } from "../http/retry.ts";
import type {
  AttemptList,
  CreateLinkRequest,
  GetLinkQuery,
  LinkAttempt,
  LinkList,
  LinkSummary,
  ListLinksQuery,
  PageQuery,
  Link as PlainLink,
  RequestedOperation,
} from "../protocol.generated.ts";
import type { CreatedLink, CreateLinkShorthand, Link, ResultsOfLink, TypedOperation } from "./link.ts";
import { type AnyResults, type ProviderId, type ResultsOf, resultsOf } from "./results.ts";

/** How to read a link. */
export interface GetOptions extends CallOptions, GetLinkQuery {}

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
  async create(request: CreateLinkRequest, options?: RequestOptions): Promise<CreatedLink>;
  async create<P extends ProviderId, const O extends readonly TypedOperation<P>[]>(
    request: CreateLinkShorthand<P, O>,
    options?: RequestOptions,
  ): Promise<CreatedLink<P, O[number]["type"]>>;
  async create(
    request: CreateLinkRequest | CreateLinkShorthand,
    { idempotencyKey, signal }: RequestOptions = {},
  ): Promise<CreatedLink> {
    const body = "provider" in request ? spellOut(request) : request;
    return this.#call("createLink", { body, idempotencyKey, signal });
  }

  /**
   * Reads a link with its outcome. {@link Links.waitFor} reads it until it has one. Give what {@link Links.create} returned, and the
   * types of `results` are known; by id, name the provider: `links.get<"tmobile">(linkId)`.
   *
   * @throws {PassageError} `not_found` (also for a link of another organization), `unauthorized`, `connection_failed`
   */
  async get<L extends CreatedLink>(link: L, options?: GetOptions): Promise<Link<ResultsOfLink<L>>>;
  async get(linkId: string, options?: GetOptions): Promise<Link>;
  async get<P extends ProviderId>(linkId: string, options?: GetOptions): Promise<Link<Partial<ResultsOf<P>>>>;
  async get(link: string | CreatedLink, { include, signal }: GetOptions = {}): Promise<Link> {
    return withResults(await this.#call("getLink", { id: idOf(link), query: { include }, signal }));
  }

  /**
   * Lists links, newest first: `await` it for one page, `for await` over it for all of them.
   *
   * @throws {PassageError} `validation_failed` with `issues`, `unauthorized`, `connection_failed`
   */
  list(query: ListLinksQuery = {}): Pages<LinkList, LinkSummary> {
    return new Pages(
      (cursor) => this.#call("listLinks", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ links }) => links,
    );
  }

  /** The claims of a link, newest first: `await` it for one page, `for await` over it for all of them. */
  attempts(linkId: string, query: PageQuery = {}): Pages<AttemptList, LinkAttempt> {
    return new Pages(
      (cursor) => this.#call("listAttempts", { id: linkId, query: { ...query, ...(cursor && { cursor }) } }),
      ({ attempts }) => attempts,
    );
  }

  /**
   * Cancels a link: it becomes `expired`, and an attempt that is under way ends.
   *
   * @throws {PassageError} `not_found`, `link_already_used` when it is complete
   */
  async cancel(linkId: string, options: RequestOptions = {}): Promise<Link> {
    return withResults(await this.#call("cancelLink", { ...options, id: linkId }));
  }

  /** Deletes a link with its result, attempts and events. @throws {PassageError} `not_found` */
  async delete(linkId: string): Promise<void> {
    await this.#call("deleteLink", { id: linkId });
  }

  /**
   * Reads the link every second until it is `complete`, `failed` or `expired`, and returns it, typed as {@link Links.get} does. For
   * scripts and tests: a server learns of the end by webhook. A `failed` link may still be claimed again.
   *
   * @throws {PassageError} `timeout`, `cancelled`, and what {@link Links.get} throws
   */
  async waitFor<L extends CreatedLink>(link: L, options?: WaitOptions): Promise<Link<ResultsOfLink<L>>>;
  async waitFor(linkId: string, options?: WaitOptions): Promise<Link>;
  async waitFor<P extends ProviderId>(linkId: string, options?: WaitOptions): Promise<Link<Partial<ResultsOf<P>>>>;
  async waitFor(
    linkOrId: string | CreatedLink,
    { timeout, signal, onStatus }: WaitOptions = {},
  ): Promise<Link<AnyResults>> {
    const linkId = idOf(linkOrId);
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

/** The id of a link, given as such or as what {@link Links.create} returned. */
export function idOf(link: string | CreatedLink): string {
  return typeof link === "object" && link !== null ? link.linkId : link;
}

/** Adds what the SDK makes of a link's result. */
export function withResults(link: PlainLink): Link {
  const { operations, result } = link;
  return { ...link, results: result === null || !operations ? undefined : resultsOf(operations, result) };
}

interface UntypedOperation {
  type: string;
  arguments?: Record<string, unknown> | undefined;
}

/** Spells a shorthand out as the documented body. */
function spellOut({ provider, operations, ...options }: CreateLinkShorthand): CreateLinkRequest {
  if ("integrationId" in options) throw invalid("provider", "give either provider or integrationId, not both");
  if (!Array.isArray(operations)) throw invalid("operations", 'is required: a list of { type: "resource:action" }');
  return {
    ...options,
    integrationId: provider,
    operations: (operations as readonly UntypedOperation[]).map((operation, index) => {
      const [, resource, action] = /^(.+):(read|write)$/.exec(operation?.type ?? "") ?? [];
      if (!resource || !action) {
        throw invalid(`operations.${index}.type`, "must be resource:action, for example mobileBillingStatement:read");
      }
      const named: RequestedOperation = { resource, action: action as "read" | "write" };
      return operation.arguments === undefined ? named : { ...named, arguments: operation.arguments };
    }),
  };
}
