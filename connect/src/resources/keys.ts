import type { Call, RequestOptions } from "../http/client-call.ts";
import { Pages } from "../http/pages.ts";
import type {
  AuditEntry,
  AuditLog,
  CreatedKey,
  CreateKeyRequest,
  Key,
  KeyList,
  PageQuery,
  RotateKeyRequest,
} from "../protocol.generated.ts";

/** `passage.keys`: the API keys of the organization, in the mode of the key that asks. */
export class Keys {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** @throws {PassageError} `insufficient_scope`, also for a scope that this key lacks; `validation_failed` */
  async create(request: CreateKeyRequest = {}, options: RequestOptions = {}): Promise<CreatedKey> {
    return this.#call("createKey", { ...options, body: request });
  }

  /** Lists keys, newest first: `await` it for one page, `for await` over it for all of them. */
  list(query: PageQuery = {}): Pages<KeyList, Key> {
    return new Pages(
      (cursor) => this.#call("listKeys", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ keys }) => keys,
    );
  }

  /**
   * Makes the key's successor.
   *
   * @throws {PassageError} `not_found`, `key_not_active`
   */
  async rotate(keyId: string, { overlap, ...options }: RotateKeyRequest & RequestOptions = {}): Promise<CreatedKey> {
    return this.#call("rotateKey", { ...options, id: keyId, body: { overlap } });
  }

  /** Ends a key, at once. @throws {PassageError} `not_found` */
  async revoke(keyId: string): Promise<Key> {
    return this.#call("revokeKey", { id: keyId });
  }

  /** Who changed what, newest first. */
  auditLog(query: PageQuery = {}): Pages<AuditLog, AuditEntry> {
    return new Pages(
      (cursor) => this.#call("readAuditLog", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ entries }) => entries,
    );
  }
}
