import type { Recorded } from "@passage/providers/automation";
import type { Issued } from "@passage/providers/page";
import type { Sockets } from "./sockets.ts";

/** The id of a command that the server issues itself. Its answer goes to nobody. */
const reopenId = "server:reopen";

const pageGone: Recorded = {
  error: {
    code: "page_gone",
    message:
      "The device's browser was closed and started anew, so this page is gone. Navigate, and have the person sign in again.",
  },
};
const windowClosed: Recorded = {
  error: {
    code: "page_gone",
    message: "The person closed the device's window. A device that opens the session anew can go on.",
  },
};
const gaveUp: Recorded = { result: { matched: false, reason: "user_gave_up" } };

/** The answer to a request whose device has left because its window was closed. */
export function answerOfClosedWindow(issued: Issued): Recorded {
  return "yield" in issued ? gaveUp : windowClosed;
}

/** The address to which a request sends the page; null where it is no `navigate`. */
export function addressIn(issued: Issued): string | null {
  return navigationsIn(issued).at(-1) ?? null;
}

/**
 * Readies a device whose browser has just been started in a session that had a page before: a person's turn gets the automation's
 * last address again. Returns the answer to any other request that needs the page, as that page is gone; null where it can be sent.
 */
export function readyNewBrowser(sockets: Sockets, issued: Issued, lastAddress: () => string | null): Recorded | null {
  const socket = sockets.of("client");
  if (!socket || sockets.attachment(socket).hasPage !== false) return null;
  if (!("yield" in issued) && (issued.command === "updateStatus" || startsWithNavigate(issued))) return null;
  const url = lastAddress();
  if (url === null) return null;
  if (!("yield" in issued)) return pageGone;
  sockets.note(socket, { hasPage: true });
  sockets.send(socket, { type: "server.command", id: reopenId, command: "navigate", params: { url } });
  return null;
}

/** Whether it answers what {@link readyNewBrowser} asked. */
export function isReopened({ id }: { readonly id: string }): boolean {
  return id === reopenId;
}

/** A device's browser is to open a page, so that it has one from here on. */
export function notePage(sockets: Sockets, issued: Issued): void {
  const socket = sockets.of("client");
  if (socket && sockets.attachment(socket).hasPage === false && startsWithNavigate(issued))
    sockets.note(socket, { hasPage: true });
}

function startsWithNavigate(issued: Issued): boolean {
  if ("yield" in issued) return false;
  if (issued.command !== "batch") return issued.command === "navigate";
  return commandsOf(issued)[0]?.command === "navigate";
}

function navigationsIn(issued: Issued): string[] {
  if ("yield" in issued) return [];
  const commands = issued.command === "batch" ? commandsOf(issued) : [issued];
  return commands.flatMap(({ command, params }) => {
    const { url } = (params ?? {}) as { url?: unknown };
    return command === "navigate" && typeof url === "string" ? [url] : [];
  });
}

type Command = { readonly command?: unknown; readonly params?: unknown };

/** A batch is the worker's own text until the device has checked it. */
function commandsOf({ params }: { readonly params: unknown }): Command[] {
  const { commands } = (params ?? {}) as { commands?: unknown };
  return Array.isArray(commands) ? commands.filter((one) => typeof one === "object" && one !== null) : [];
}
