import type { Claimed } from "@passage/protocol/http/claim";
import type { CreatedLink } from "@passage/protocol/http/link";
import { createLink, getLink, request } from "../harness/api.ts";
import { connect } from "../harness/scripted-device.ts";
import type { SharedServer } from "./shared-server.ts";

/**
 * - `held`: the answer to the first claim was lost, and its session holds the link until the grace is over, as documented.
 * - `orphaned`: nobody holds it, and it cannot be claimed: that is a fault of the server.
 */
export type ClaimOutcome =
  | { readonly type: "claimed"; readonly claimed: Claimed }
  | { readonly type: "held" | "orphaned"; readonly sessionId: string };

/** Repeats a call while the server is away. `lost` hears of each answer that did not come. */
export async function persistently<T>(server: SharedServer, call: () => Promise<T>, lost = () => {}): Promise<T> {
  for (;;) {
    await server.up();
    try {
      return await call();
    } catch (error) {
      if (!isNetworkError(error)) throw error;
      lost();
    }
  }
}

export function newLink(server: SharedServer, webhookUrl: string): Promise<CreatedLink> {
  return persistently(server, () => createLink(server.first, { webhookUrl }));
}

/** Claims as a person does: again when no answer came. */
export async function claimLink(server: SharedServer, link: CreatedLink): Promise<ClaimOutcome> {
  let answersLost = 0;
  const { status, body } = await persistently(
    server,
    () => request(server, "POST", "/link/claim", { code: link.claimCode }, { key: null }),
    () => {
      answersLost += 1;
    },
  );
  if (status === 200) return { type: "claimed", claimed: body as unknown as Claimed };
  if (status !== 409 || body.code !== "claim_in_progress" || answersLost === 0)
    throw new Error(`POST /link/claim answered ${status}: ${JSON.stringify(body)}`);
  const { currentSessionId: sessionId } = await persistently(server, () => getLink(server.first, link.linkId));
  return { type: (await hasSession(server, String(sessionId))) ? "held" : "orphaned", sessionId: String(sessionId) };
}

/** A session that exists refuses a wrong token with 401; one that does not answers 404. */
function hasSession(server: SharedServer, sessionId: string): Promise<boolean> {
  const address = `${server.url.replace("http", "ws")}/sessions/${sessionId}/ws`;
  return persistently(server, () =>
    connect(address, "client", "ct_wrong").then(
      () => true,
      (error) => {
        if (error.status === 401) return true;
        if (error.status === 404) return false;
        throw error;
      },
    ),
  );
}

function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: string }).code ?? (error.cause as { code?: string } | undefined)?.code ?? "";
  return error.message === "fetch failed" || error.message === "terminated" || /^(ECONN|EPIPE|UND_ERR)/.test(code);
}
