import type { Role } from "@passage/protocol/session";
import { equalSecrets } from "../ids.ts";
import type { SessionConfig } from "./session-config.ts";

/** The status that an upgrade is refused with, or null: the token first, so that a peer can ask what is wrong with it. */
export function refuseUpgrade(
  request: Request,
  role: Role,
  tokenHash: string,
  config: SessionConfig,
): 401 | 426 | null {
  if (!mayConnect(role, tokenHash, config)) return 401;
  return request.headers.get("upgrade") === "websocket" ? null : 426;
}

/** Whether the token (by its hash) opens the session in this role. `owner`: let in by the organization's API key. */
function mayConnect(role: Role, tokenHash: string, config: SessionConfig): boolean {
  if (role === "debug" && tokenHash === "owner") return true;
  // A link's automation is its worker: no other one may take its place.
  if (role === "worker" && config.attempt) return false;
  return equalSecrets(tokenHash, role === "client" ? config.clientTokenHash : config.workerTokenHash);
}
