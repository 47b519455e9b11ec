import { base64url } from "jose";
import { decrypt, encrypt, open, seal } from "../encryption.ts";

const wrapping = "organization data key";

/**
 * Encryption at rest under this organization's own random key, which the server's secret wraps. When the organization is
 * deleted its key is gone, and with it every copy of what it sealed.
 */
export class Vault {
  readonly #sql: SqlStorage;
  readonly #secret: string;
  #key: Promise<CryptoKey> | null = null;

  constructor(sql: SqlStorage, secret: string) {
    this.#sql = sql;
    this.#secret = secret;
  }

  /** @param purpose what is sealed and whose, such as `result:link_…`; it opens for this purpose only. */
  async seal(purpose: string, plain: string): Promise<string> {
    return seal(await this.#dataKey(), purpose, plain);
  }

  /** @throws when it was not sealed here for this purpose, or was changed. */
  async open(purpose: string, sealed: string): Promise<string> {
    return open(await this.#dataKey(), purpose, sealed);
  }

  #dataKey(): Promise<CryptoKey> {
    this.#key ??= this.#load().catch((error) => {
      this.#key = null;
      throw error;
    });
    return this.#key;
  }

  async #load(): Promise<CryptoKey> {
    const wrapped = this.#wrapped() ?? (await this.#create());
    const raw = base64url.decode(await decrypt(this.#secret, wrapping, wrapped));
    return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  async #create(): Promise<string> {
    const raw = crypto.getRandomValues(new Uint8Array(32));
    const wrapped = await encrypt(this.#secret, wrapping, base64url.encode(raw));
    this.#sql.exec("INSERT INTO data_key (one, wrapped) VALUES (1, ?)", wrapped);
    return wrapped;
  }

  #wrapped(): string | null {
    return this.#sql.exec<{ wrapped: string }>("SELECT wrapped FROM data_key").toArray()[0]?.wrapped ?? null;
  }
}
