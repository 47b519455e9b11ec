import { PassageError } from "@passage/protocol/errors";

/** The origins that the session may touch: those of the operation's manifest, or every http(s) origin without one. */
export class Origins {
  #allowed: ReadonlySet<string> | null = null;

  pin(origins: readonly string[] | undefined): void {
    this.#allowed = origins ? new Set(origins.map((origin) => URL.parse(origin)?.origin ?? origin)) : null;
  }

  allows(address: string): boolean {
    if (address === "about:blank" || address === "") return true;
    const url = URL.parse(address);
    if (url?.protocol !== "https:" && url?.protocol !== "http:") return false;
    return this.#allowed === null || this.#allowed.has(url.origin);
  }

  demand(address: string): void {
    if (this.allows(address)) return;
    const url = URL.parse(address);
    const web = url?.protocol === "https:" || url?.protocol === "http:";
    const name = web ? url.origin : `A ${url?.protocol ?? "broken"} address`;
    throw new PassageError("origin_not_allowed", `${name} is outside the origins of this session`);
  }
}
