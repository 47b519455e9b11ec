import type { Context } from "hono";
import { problem } from "./problem.ts";

export function requireUpgrade(c: Context): void {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket")
    throw problem("upgrade_required", "Open this address as a WebSocket.");
}
