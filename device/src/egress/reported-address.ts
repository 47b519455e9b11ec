import type { Origins } from "../mandate/origins.ts";
import type { Page } from "../page/page.ts";
import type { SensitiveFields } from "../page/sensitive-fields.ts";
import type { PrivatePhase } from "./private-phase.ts";
import { publicUrl } from "./public-url.ts";

export interface ReportedAddressParts {
  readonly page: Page;
  readonly privacy: PrivatePhase;
  readonly fields: SensitiveFields;
  readonly origins: Origins;
}

const mostWithheld = 1_000;

/**
 * Decides how much of the page's address a command may report. A sign-in writes codes and return addresses into queries, under
 * any name, so query and fragment leave only where no sign-in can have written them. Once withheld, an address stays withheld.
 */
export class ReportedAddress {
  readonly #parts: ReportedAddressParts;
  readonly #withheld = new Set<string>();

  constructor(parts: ReportedAddressParts) {
    this.#parts = parts;
  }

  /** The address itself, or only its origin and path. */
  async report(address: string): Promise<string> {
    if (await this.tells(address)) return address;
    this.#withheld.add(address);
    const [oldest] = this.#withheld;
    if (this.#withheld.size > mostWithheld && oldest !== undefined) this.#withheld.delete(oldest);
    return publicUrl(address);
  }

  /** Whether {@link report} would tell all of it now. */
  async tells(address: string): Promise<boolean> {
    const { page, origins } = this.#parts;
    const query = queryOf(address);
    if (query === "" || (page.asked !== null && query === queryOf(page.asked) && origins.allows(address))) return true;
    return !this.#withheld.has(address) && (await this.#isClear(address));
  }

  /** Whether no sign-in can have written the address. Asks every frame for sensitive fields. */
  async #isClear(address: string): Promise<boolean> {
    const { page, privacy, origins, fields } = this.#parts;
    if (page.asked !== null || !origins.allows(address)) return false;
    const wasSeen = await fields.lookBriefly();
    // A document that is still arriving may yet bring its form.
    const hasArrived = address === page.url() && page.has("domcontentloaded");
    return wasSeen && hasArrived && privacy.reason === null && !privacy.hadField && !privacy.cameInTurn;
  }
}

/** Query and fragment, as written. */
function queryOf(address: string): string {
  return /[?#].*$/s.exec(address)?.[0] ?? "";
}
