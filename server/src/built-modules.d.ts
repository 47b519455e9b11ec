/** Built files that the bundle carries as text. */
declare module "*.html" {
  const text: string;
  export default text;
}
declare module "*.txt" {
  const text: string;
  export default text;
}
/** The module beside the Worker that says what this server offers. `cli/src/catalog/catalog-bundle.ts` writes it. */
declare module "@passage/catalog" {
  export const providers: readonly import("./catalog.ts").OfferedProvider[];
  /** Signed manifests (compact JWS) by `provider/resource:action`. */
  export const manifests: Readonly<Record<string, string>>;
  /** A JWK Set of the publishers who signed them. */
  export const publishers: unknown;
}
