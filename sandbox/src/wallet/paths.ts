/** Where a brand's wallet is. */
export interface WalletPaths {
  readonly page: string;
  readonly add: string;
  readonly calls: string;
}
