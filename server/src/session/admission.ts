import type { Role } from "@passage/protocol/session";
import { equalSecrets } from "../ids.ts";
import type { Opening } from "./opening.ts";

/** Whether the token (by its hash) opens the session in this role. `owner`: let in by the organization's API key. */
export function mayConnect(role: Role, tokenHash: string, opening: Opening): boolean {
  if (role === "debug" && tokenHash === "owner") return true;
  // A link's automation is its worker: no other one may take its place.
  if (role === "worker" && opening.attempt) return false;
  return equalSecrets(tokenHash, role === "client" ? opening.clientTokenHash : opening.workerTokenHash);
}
