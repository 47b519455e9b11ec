/** Scripts cannot find closed shadow roots; a host that sees the document from outside passes them in. */
let given: readonly ShadowRoot[] = [];

/** The closed roots that the document has now. See {@link PageApi.takeClosedRoots}. */
export function takeClosedRoots(...roots: readonly ShadowRoot[]): void {
  given = roots;
}

export function closedRootsOf(of: Document): readonly ShadowRoot[] {
  return given.filter((root) => root.isConnected && root.ownerDocument === of);
}
