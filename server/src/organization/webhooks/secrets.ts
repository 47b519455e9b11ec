import { decrypt, encrypt } from "../../encryption.ts";
import { generateSecret } from "./sign.ts";

const purpose = "webhook secret";
/** Whose secret signs what goes to links' own `webhookUrl`s. */
export const linksOwner = "links";

export interface NewSecret {
  readonly secret: string;
  readonly sealed: string;
}

/** The HMAC secrets, one per endpoint and one for all links' own webhooks; encrypted at rest, shown when they are made. */
export class WebhookSecrets {
  readonly #sql: SqlStorage;
  readonly #secret: string;

  constructor(sql: SqlStorage, secret: string) {
    this.#sql = sql;
    this.#secret = secret;
  }

  /** A new secret, not yet in use: what has to be done before the commit of {@link replace}. */
  async prepare(): Promise<NewSecret> {
    const secret = generateSecret();
    return { secret, sealed: await encrypt(this.#secret, purpose, secret) };
  }

  has(owner: string): boolean {
    return this.#sql.exec("SELECT 1 FROM webhook_secrets WHERE owner = ?", owner).toArray().length > 0;
  }

  /** The new secret is in use from now on; the one before stays valid for the overlap, and one before that ends now. */
  replace(owner: string, { sealed }: NewSecret, overlapMs: number, now: number): void {
    this.#sql.exec(
      `INSERT INTO webhook_secrets (owner, sealed) VALUES (?1, ?2)
        ON CONFLICT DO UPDATE SET previous_sealed = sealed, sealed = ?2, previous_until = ?3`,
      owner,
      sealed,
      now + overlapMs,
    );
  }

  /** The secrets in use, the newest first; none where none was made. */
  async current(owner: string, now: number): Promise<string[]> {
    const query = "SELECT sealed, previous_sealed, previous_until FROM webhook_secrets WHERE owner = ?";
    const row = this.#sql.exec<Record<string, SqlStorageValue>>(query, owner).toArray()[0];
    if (!row) return [];
    const isOverlap = row.previous_sealed !== null && Number(row.previous_until) > now;
    const sealed = [row.sealed, ...(isOverlap ? [row.previous_sealed] : [])] as string[];
    return Promise.all(sealed.map((one) => decrypt(this.#secret, purpose, one)));
  }

  delete(owner: string): void {
    this.#sql.exec("DELETE FROM webhook_secrets WHERE owner = ?", owner);
  }
}
