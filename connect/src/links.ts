import { PassageError } from "./errors.ts";
import type {
  CreatedLink,
  CreateLinkRequest,
  CreateLinkShorthand,
  Link,
  LinkList,
  ListLinksQuery,
  RequestedOperation,
} from "./link.ts";

/** Sends one request to the API with the key of its {@link Passage}. */
export type Call = <Answer>(method: "GET" | "POST", path: string, body?: unknown) => Promise<Answer>;

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
  async create(request: CreateLinkRequest | CreateLinkShorthand): Promise<CreatedLink> {
    return this.#call("POST", "/v1/links", "provider" in request ? spellOut(request) : request);
  }

  /**
   * Reads a link with its outcome. To poll, ask until `status` is `complete`, `failed` or `expired`.
   *
   * @throws {PassageError} `not_found` (also for a link of another organization), `unauthorized`, `connection_failed`
   */
  async get(linkId: string): Promise<Link> {
    if (!/^[\w-]+$/.test(linkId)) throw invalid("id", "must be a link id such as link_abc123");
    return this.#call("GET", `/v1/links/${linkId}`);
  }

  /**
   * Lists links, newest first, one page at a time.
   *
   * @throws {PassageError} `validation_failed` with `issues`, `unauthorized`, `connection_failed`
   */
  async list(query: ListLinksQuery = {}): Promise<LinkList> {
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const search = new URLSearchParams(given);
    return this.#call("GET", search.size > 0 ? `/v1/links?${search}` : "/v1/links");
  }
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

function invalid(path: string, message: string): PassageError {
  return new PassageError("validation_failed", `Validation failed: ${path} ${message}`, {
    issues: [{ path, message }],
  });
}
