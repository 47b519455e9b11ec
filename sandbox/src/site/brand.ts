/** One stand-in for a real service: its name, its hosts and its look. */
export interface Brand {
  /** Names its tokens; never shown. */
  readonly id: string;
  readonly name: string;
  /** What people call an account there, such as `T-Mobile ID`. */
  readonly account: string;
  readonly hosts: { readonly apex: string; readonly www: string; readonly signIn: string; readonly pay: string };
  /** Where the account area begins; signed out it leads to the sign-in. */
  readonly start: string;
  /** What it asks of a user whose scenario is a code: a choice of method and the code, or approval on the phone. */
  readonly secondFactor: "factor" | "push";
  readonly headline: string;
  readonly navigation: readonly { readonly href: string; readonly text: string; readonly id?: string }[];
  readonly logout: string;
  /** Values of the CSS variables of `style.ts`, and what this brand adds to it. */
  readonly look: {
    readonly accent: string;
    readonly accentDark: string;
    readonly radius: string;
    readonly css?: string;
  };
}

/** The origin of a brand's host on whatever port this request came to. */
export function originOf(brand: Brand, host: keyof Brand["hosts"], requestUrl: string): string {
  const url = new URL(requestUrl);
  url.hostname = brand.hosts[host];
  return url.origin;
}
