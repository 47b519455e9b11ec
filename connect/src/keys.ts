import { type Call, idIn, type PageQuery, type RequestOptions } from "./call.ts";
import type { AuditEntry, AuditLog, CreatedKey, CreateKeyRequest, Key, KeyList } from "./key.ts";
import { Pages } from "./pages.ts";

/** `passage.keys`: the API keys of the organization, in the mode of the key that asks. */
export class Keys {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** @throws {PassageError} `insufficient_scope`, also for a scope that this key lacks; `validation_failed` */
  async create(request: CreateKeyRequest = {}, options: RequestOptions = {}): Promise<CreatedKey> {
    return this.#call("POST", "/v1/keys", { ...options, body: request });
  }

  /** Lists keys, newest first: `await` it for one page, `for await` over it for all of them. */
  list(query: PageQuery = {}): Pages<KeyList, Key> {
    return new Pages(
      (cursor) => this.#call<KeyList>("GET", "/v1/keys", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ keys }) => keys,
    );
  }

  /**
   * Makes the key's successor. `overlap`: seconds for which the old key still works; default a day, 0 ends it at once.
   *
   * @throws {PassageError} `not_found`, `key_not_active`
   */
  async rotate(
    keyId: string,
    { overlap, ...options }: { overlap?: number | undefined } & RequestOptions = {},
  ): Promise<CreatedKey> {
    return this.#call("POST", `/v1/keys/${idIn(keyId, example)}/rotate`, { ...options, body: { overlap } });
  }

  /** Ends a key, at once. @throws {PassageError} `not_found` */
  async revoke(keyId: string): Promise<Key> {
    return this.#call("DELETE", `/v1/keys/${idIn(keyId, example)}`);
  }

  /** Who changed what, newest first. */
  auditLog(query: PageQuery = {}): Pages<AuditLog, AuditEntry> {
    return new Pages(
      (cursor) => this.#call<AuditLog>("GET", "/v1/audit_log", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ entries }) => entries,
    );
  }
}

const example = "key_abc123";
