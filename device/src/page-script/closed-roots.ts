/** No script finds a closed shadow root, and a host that sees the document from outside gives them. */
let given: readonly ShadowRoot[] = [];

/** The closed roots that the document has now. See {@link PageApi.takeClosedRoots}. */
export function takeClosedRoots(...roots: readonly ShadowRoot[]): void {
  given = roots;
}

export function closedRootsOf(of: Document): readonly ShadowRoot[] {
  return given.filter((root) => root.isConnected && root.ownerDocument === of);
}
