import type { Protocol } from "devtools-protocol";
import { CdpError, type CdpSession } from "../browser/pipe.ts";
import type { IsolatedWorld } from "./world.ts";

/** Gives the page script the closed shadow roots of the document, which the debugger sees and no script does. */
export async function giveClosedRoots(session: CdpSession, world: IsolatedWorld): Promise<void> {
  try {
    const { root } = await session.send("DOM.getDocument", { depth: -1, pierce: true });
    await world.give("takeClosedRoots", [...closedRootsIn(root)]);
  } catch (error) {
    // The document went away, and its roots with it.
    if (!(error instanceof CdpError)) throw error;
  }
}

function* closedRootsIn(node: Protocol.DOM.Node): Generator<Protocol.DOM.BackendNodeId> {
  for (const root of node.shadowRoots ?? []) {
    // The browser's own controls have roots too.
    if (root.shadowRootType === "closed") yield root.backendNodeId;
    if (root.shadowRootType !== "user-agent") yield* closedRootsIn(root);
  }
  for (const child of node.children ?? []) yield* closedRootsIn(child);
}
