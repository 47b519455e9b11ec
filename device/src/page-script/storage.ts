/** The site's stored entries, local and of the session. None where the document has no storage: about:blank, a sandbox. */
export function storage(): readonly (readonly [string, string])[] {
  try {
    return [localStorage, sessionStorage].flatMap((store) => Object.entries(store) as [string, string][]);
  } catch {
    return [];
  }
}
