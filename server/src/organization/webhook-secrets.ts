import type { RotatedSecret } from "@passage/protocol/webhooks";
import { decrypt, encrypt } from "../encryption.ts";
import { generateSecret } from "../webhooks/sign.ts";

const purpose = "webhook secret";
/** Whose secret signs what goes to links' own `webhookUrl`s. */
export const linksOwner = "links";

/** The HMAC secrets, one an endpoint and one for all links' own webhooks; encrypted at rest, shown when they are made. */
export class WebhookSecrets {
  readonly #sql: SqlStorage;
  readonly #secret: string;

  constructor(sql: SqlStorage, secret: string) {
    this.#sql = sql;
    this.#secret = secret;
    sql.exec(`CREATE TABLE IF NOT EXISTS webhook_secrets (
      owner TEXT PRIMARY KEY, sealed TEXT NOT NULL, previous_sealed TEXT, previous_until INTEGER) WITHOUT ROWID`);
  }

  /** Makes a new secret; the one before stays valid for the overlap, and one before that ends now. */
  async rotate(owner: string, overlapMs: number, now: number): Promise<RotatedSecret> {
    const secret = generateSecret();
    const sealed = await encrypt(this.#secret, purpose, secret);
    const previousUntil = overlapMs === 0 ? null : now + overlapMs;
    const { previous_sealed } = this.#sql
      .exec<{ previous_sealed: string | null }>(
        `INSERT INTO webhook_secrets (owner, sealed) VALUES (?1, ?2)
          ON CONFLICT DO UPDATE SET previous_sealed = sealed, sealed = ?2, previous_until = ?3 RETURNING previous_sealed`,
        owner,
        sealed,
        previousUntil,
      )
      .one();
    return { secret, previousUntil: previous_sealed === null ? null : previousUntil };
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
