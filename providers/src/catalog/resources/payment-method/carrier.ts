import type { Wallet } from "./wallet.ts";

/** Where a carrier keeps its wallet, and the origins that the way there takes: its `pages.ts`. */
export interface Carrier {
  readonly siteOrigins: readonly string[];
  readonly signInOrigins: readonly string[];
  /** Where the card form's frame comes from. */
  readonly paymentOrigin: string;
  readonly wallet: Wallet;
}
