/** Built files that the bundle carries as text. */
declare module "*.html" {
  const text: string;
  export default text;
}
declare module "*.txt" {
  const text: string;
  export default text;
}
declare module "@passage/providers/manifests" {
  const manifests: Readonly<Record<string, string>>;
  export default manifests;
}
