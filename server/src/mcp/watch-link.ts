import type { LinkStatusMessage, LinkStep } from "@passage/protocol/events";
import type { Context } from "hono";
import type { PassageContext } from "../http/context.ts";
import { ownLink, unknownLink } from "../http/own-link.ts";
import { problem } from "../http/problem.ts";
import { statusSocketsPerLink } from "../limits.ts";
import { organizationOf } from "../stubs.ts";

/**
 * Follows a link of the caller until its attempt or its time is over, or until `ms` have passed. Returns the step at which it
 * stood last; null when it is over or nobody has claimed it.
 */
export async function watchLink(c: Context<PassageContext>, id: string, ms: number): Promise<LinkStep | null> {
  const { tag } = await ownLink({ c, caller: c.get("caller"), id });
  const response = await organizationOf(c.env, tag).fetch(`http://organization/${id}`, {
    headers: { upgrade: "websocket" },
  });
  if (response.status === 429)
    throw problem("rate_limited", `This link is followed by ${statusSocketsPerLink} sockets already. Use get_link.`);
  const socket = response.webSocket;
  if (!socket) throw unknownLink();
  let step: LinkStep | null = null;
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  socket.addEventListener("message", ({ data }) => {
    const told = JSON.parse(String(data)) as LinkStatusMessage;
    step = told.step ?? null;
    if (told.status !== "pending" && told.status !== "active") end();
  });
  socket.addEventListener("close", () => end());
  const timer = setTimeout(end, ms);
  socket.accept();
  await over;
  clearTimeout(timer);
  socket.close(1000);
  return step;
}
