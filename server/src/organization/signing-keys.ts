import { decrypt, encrypt } from "../encryption.ts";
import { generateSigningKey } from "../webhooks/sign.ts";

const purpose = "webhook signing key";

/** The keys that sign this organization's webhooks; private halves are encrypted at rest. The newest one signs. */
export class SigningKeys {
  readonly #sql: SqlStorage;
  readonly #secret: string;

  constructor(sql: SqlStorage, secret: string) {
    this.#sql = sql;
    this.#secret = secret;
    sql.exec(`CREATE TABLE IF NOT EXISTS signing_keys (
      kid TEXT PRIMARY KEY, private_sealed TEXT NOT NULL, public_pem TEXT NOT NULL, created_at INTEGER NOT NULL)
      WITHOUT ROWID`);
  }

  async current(mintKid: () => Promise<string>, now: number): Promise<{ kid: string; privatePem: string }> {
    const row = this.#newest();
    if (row) return { kid: row.kid, privatePem: await decrypt(this.#secret, purpose, row.private_sealed) };
    const [kid, pair] = await Promise.all([mintKid(), generateSigningKey()]);
    const sealed = await encrypt(this.#secret, purpose, pair.privatePem);
    // Two first deliveries may race to here; the first one written is everybody's.
    if (!this.#newest()) {
      const query = "INSERT INTO signing_keys (kid, private_sealed, public_pem, created_at) VALUES (?, ?, ?, ?)";
      this.#sql.exec(query, kid, sealed, pair.publicPem, now);
    }
    return this.current(mintKid, now);
  }

  publicPem(kid: string): string | null {
    const query = "SELECT public_pem FROM signing_keys WHERE kid = ?";
    return this.#sql.exec<{ public_pem: string }>(query, kid).toArray()[0]?.public_pem ?? null;
  }

  #newest(): { kid: string; private_sealed: string } | undefined {
    return this.#sql
      .exec<{ kid: string; private_sealed: string }>(
        "SELECT kid, private_sealed FROM signing_keys ORDER BY created_at DESC LIMIT 1",
      )
      .toArray()[0];
  }
}
