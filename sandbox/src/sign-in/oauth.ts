import { type Brand, originOf } from "../site/brand.ts";
import { Tokens } from "../tokens.ts";

/** The way from `www` to the sign-in host and back: an authorization request, and a code that works once. */
export class OAuth {
  readonly #brand: Brand;
  readonly #clientId: string;
  readonly #authorizePath: string;
  /** Codes that the sign-in host gives and `www` takes. */
  readonly codes: Tokens<{ user: string }>;

  constructor(brand: Brand, { clientId, authorizePath }: { clientId: string; authorizePath: string }) {
    this.#brand = brand;
    this.#clientId = clientId;
    this.#authorizePath = authorizePath;
    this.codes = new Tokens(`${brand.id}-oauth-code`, 60);
  }

  /** Where `www` sends a browser to sign in. */
  authorizeUrl(requestUrl: string, state: string): string {
    const url = new URL(this.#authorizePath, originOf(this.#brand, "signIn", requestUrl));
    url.search = new URLSearchParams({
      client_id: this.#clientId,
      redirect_uri: this.#callbackUrl(requestUrl),
      response_type: "code",
      scope: "openid",
      state,
    }).toString();
    return url.href;
  }

  /** Whether the query of this URL asks for a sign-in that may return to `www`. */
  asksToReturn(requestUrl: string): boolean {
    const query = new URL(requestUrl).searchParams;
    return (
      query.get("client_id") === this.#clientId &&
      query.get("redirect_uri") === this.#callbackUrl(requestUrl) &&
      Boolean(query.get("state"))
    );
  }

  /** Back to `www` with a code, for the sign-in that the query of this URL asks for. */
  returnUrl(requestUrl: string, code: string): string {
    const url = new URL(this.#callbackUrl(requestUrl));
    const state = new URL(requestUrl).searchParams.get("state") ?? "";
    url.search = new URLSearchParams({ code, state }).toString();
    return url.href;
  }

  #callbackUrl(requestUrl: string): string {
    return `${originOf(this.#brand, "www", requestUrl)}/oauth/callback`;
  }
}
