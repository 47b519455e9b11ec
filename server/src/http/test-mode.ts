import type { Mode } from "@passage/protocol/ids";
import type { Env } from "../env.ts";
import { invalid } from "./problem.ts";

/** @throws validation_failed for a test key on a server without a sandbox: it could create no link. */
export function refuseUselessTestKey(env: Env, mode: Mode): void {
  if (mode === "live" || env.SANDBOX_URL) return;
  const message = "must be live: this server runs without its sandbox, so a test key could create no link";
  throw invalid([{ path: "mode", message }]);
}
