/** What a session's codes for accounts are made with. */
export interface AccountBinding {
  /** Of the server: 64 hex digits. */
  readonly salt: string;
  /** The provider of all operations of the session. */
  readonly provider: string;
  /** Default {@link accountCode}. */
  readonly makeCode?: typeof accountCode;
}

/** How many accounts a session can name: a person has one at a provider, a family a few. */
const mostCodes = 4;
/** Slow on purpose: whoever has the salt can try each id that there may be (docs/design/reads.md). */
const iterations = 600_000;
export const saltForm = /^[0-9a-f]{64}$/;
/** An id of 4 to 128 signs. A mask or a placeholder would be the same code for many accounts. */
const idForm = /^[A-Za-z0-9][A-Za-z0-9._:~=+-]{3,127}$/;

/** The codes of a session, made of the ids that the site gives its accounts. The ids stay here. */
export class AccountCodes {
  readonly #binding: AccountBinding | undefined;
  readonly #codes = new Map<string, string>();
  readonly #wanted = new Set<string>();

  constructor(binding: AccountBinding | undefined) {
    this.#binding = binding;
  }

  /** The code of a site's id. Undefined: it is none, or its code has yet to be made. */
  of(value: unknown): string | undefined {
    const id = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
    if (typeof id !== "string" || !idForm.test(id)) return undefined;
    if (!this.#codes.has(id) && this.#codes.size + this.#wanted.size < mostCodes) this.#wanted.add(id);
    return this.#codes.get(id);
  }

  /** What a code of this session was made of. */
  idBehind(code: string): string | undefined {
    return [...this.#codes].find(([, made]) => made === code)?.[0];
  }

  /** Makes the codes that {@link of} could not give yet. Returns whether there were any. */
  async make(): Promise<boolean> {
    const ids = [...this.#wanted];
    this.#wanted.clear();
    if (!this.#binding || ids.length === 0) return false;
    const { salt, provider, makeCode = accountCode } = this.#binding;
    await Promise.all(ids.map(async (id) => this.#codes.set(id, await makeCode(salt, provider, id))));
    return true;
  }
}

/**
 * PBKDF2 with HMAC-SHA-256 of the site's id, with the salt and the provider's name as its salt: 128 bits as `acct_` and 25
 * digits of base 36.
 */
export async function accountCode(salt: string, provider: string, id: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes(id), "PBKDF2", false, ["deriveBits"]);
  const terms = { name: "PBKDF2", hash: "SHA-256", salt: bytes(`passage account ${provider} ${salt}`), iterations };
  const derived = new Uint8Array(await crypto.subtle.deriveBits(terms, key, 128));
  const hex = [...derived].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `acct_${BigInt(`0x${hex}`).toString(36).padStart(25, "0")}`;
}
