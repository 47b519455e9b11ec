import { PassageError } from "@passage/protocol/errors";

/** The origins that the session may touch: those of the operation's manifest, or every http(s) origin without one. */
export class Origins {
  #allowed: ReadonlySet<string> | null = null;
  #framesToo = false;

  /** @param framesToo a frame that has no web address, such as `data:`, is none of these origins either. */
  pin(origins: readonly string[] | undefined, framesToo = false): void {
    this.#framesToo = framesToo;
    this.#allowed = origins ? new Set(origins.map((origin) => URL.parse(origin)?.origin ?? origin)) : null;
  }

  allows(address: string): boolean {
    if (address === "about:blank" || address === "") return true;
    const url = URL.parse(address);
    if (url?.protocol !== "https:" && url?.protocol !== "http:") return false;
    return this.#allowed === null || this.#allowed.has(url.origin);
  }

  /** As {@link demand}, for a frame of another origin than the page. False: it is still to get its address. */
  demandFrame(address: string): boolean {
    if (address.startsWith("http")) this.demand(address);
    else if (this.#framesToo && address === "about:blank") return false;
    else if (this.#framesToo) throw outside("A frame without a web address");
    return true;
  }

  demand(address: string): void {
    if (this.allows(address)) return;
    const url = URL.parse(address);
    const web = url?.protocol === "https:" || url?.protocol === "http:";
    const name = web ? url.origin : `A ${url?.protocol ?? "broken"} address`;
    throw outside(name);
  }
}

function outside(name: string): PassageError {
  return new PassageError("origin_not_allowed", `${name} is outside the origins of this session`);
}
