import { decrypt, encrypt } from "../../encryption.ts";
import { generateSigningKey } from "./sign.ts";

const purpose = "webhook signing key";

/** A published key: the public half as SPKI PEM. */
export interface PublishedKey {
  readonly keyId: string;
  readonly publicPem: string;
  readonly createdAt: number;
  /** When it is withdrawn; null for the one that signs. */
  readonly retiresAt: number | null;
}

export interface NewSigningKey {
  readonly kid: string;
  readonly publicPem: string;
  readonly sealed: string;
}

/** The keys that sign this organization's webhooks; private halves are encrypted at rest. The newest one signs. */
export class SigningKeys {
  readonly #sql: SqlStorage;
  readonly #secret: string;

  constructor(sql: SqlStorage, secret: string) {
    this.#sql = sql;
    this.#secret = secret;
  }

  /** The key that signs; made when there is none. */
  async current(mintKid: () => Promise<string>, now: number): Promise<{ kid: string; privatePem: string }> {
    const query = "SELECT kid, private_sealed FROM webhook_keys WHERE retires_at IS NULL";
    const row = this.#sql.exec<{ kid: string; private_sealed: string }>(query).toArray()[0];
    if (row) return { kid: row.kid, privatePem: await decrypt(this.#secret, purpose, row.private_sealed) };
    const made = await this.prepare(mintKid);
    // Of two first deliveries that race to here, the first one's key is everybody's.
    if (this.#sql.exec(query).toArray().length === 0) this.#add(made, now);
    return this.current(mintKid, now);
  }

  /** A new key, not yet in use: what has to be done before the commit of {@link replace}. */
  async prepare(mintKid: () => Promise<string>): Promise<NewSigningKey> {
    const [kid, pair] = await Promise.all([mintKid(), generateSigningKey()]);
    return { kid, publicPem: pair.publicPem, sealed: await encrypt(this.#secret, purpose, pair.privatePem) };
  }

  /** The new key signs from now on; the one before can be verified until the overlap is over. */
  replace(key: NewSigningKey, overlapMs: number, now: number): void {
    this.#sql.exec("UPDATE webhook_keys SET retires_at = ? WHERE retires_at IS NULL", now + overlapMs);
    this.#add(key, now);
  }

  publicPem(kid: string, now: number): string | null {
    return this.published(now).find((key) => key.keyId === kid)?.publicPem ?? null;
  }

  /** The keys that can be verified at a moment, the one that signs first. */
  published(now: number): PublishedKey[] {
    return this.#sql
      .exec<{ kid: string; public_pem: string; created_at: number; retires_at: number | null }>(
        `SELECT kid, public_pem, created_at, retires_at FROM webhook_keys WHERE retires_at IS NULL OR retires_at > ?
          ORDER BY position DESC`,
        now,
      )
      .toArray()
      .map((row) => ({
        keyId: row.kid,
        publicPem: row.public_pem,
        createdAt: row.created_at,
        retiresAt: row.retires_at,
      }));
  }

  #add({ kid, sealed, publicPem }: NewSigningKey, now: number): void {
    const query = "INSERT INTO webhook_keys (kid, private_sealed, public_pem, created_at) VALUES (?, ?, ?, ?)";
    this.#sql.exec(query, kid, sealed, publicPem, now);
  }
}
