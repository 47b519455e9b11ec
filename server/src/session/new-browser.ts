import type { Recorded } from "@passage/automation/journal";
import type { DeviceRequest } from "@passage/automation/wire";
import type { Sockets } from "./sockets.ts";

/** Ids of commands that the server itself sends. Their responses are dropped. */
const reopenIds = { begin: "server:begin", open: "server:reopen" } as const;

type Command = Extract<DeviceRequest, { readonly command: unknown }>;

/** What a session has asked for that a new browser must have before it can go on. */
export interface LastAsked {
  /** What opened the last page; null: nothing did. */
  readonly open: Command | null;
  /** The operation that was begun, where operations are. */
  readonly begin: Command | null;
}

/** Says of a step's name whether it opens a page. A developer's session has no steps. */
export type IsPlace = (step: string) => boolean;
const noPlaces: IsPlace = () => false;

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
export function answerOfClosedWindow(issued: DeviceRequest): Recorded {
  return "yield" in issued ? gaveUp : windowClosed;
}

/** The address to which a request sends the page; null where it is no `navigate`. */
export function addressIn(issued: DeviceRequest): string | null {
  const { url } = (openingIn(issued, noPlaces)?.params ?? {}) as { url?: string };
  return url ?? null;
}

/**
 * Readies a device whose browser has just been started in a session that had a page before: it begins the operation that was
 * begun, and a person's turn gets the last page again. Returns the answer to any other request that needs the page, as that
 * page is gone; null where it can be sent.
 */
export function readyNewBrowser(
  sockets: Sockets,
  issued: DeviceRequest,
  last: () => LastAsked,
  isPlace: IsPlace = noPlaces,
): Recorded | null {
  const socket = sockets.of("client");
  if (!socket) return null;
  const { hasPage, sent } = sockets.attachment(socket);
  if (hasPage !== false || ("command" in issued && issued.command === "begin")) return null;
  const { open, begin } = last();
  const again = (id: string, { command, params }: Command) =>
    sockets.send(socket, { type: "server.command", id, command, params: params as Record<string, unknown> });
  // What was sent on this socket before was sent to the same device, which has begun.
  const isUnbegun = begin !== null && sent === null;
  if (isUnbegun) again(reopenIds.begin, begin);
  // Words are shown ahead of the queue, before the device has begun what they are of; the next ones will do.
  if ("command" in issued && issued.command === "updateStatus") return isUnbegun ? { result: {} } : null;
  if (startsWithOpening(issued, isPlace)) return null;
  if (open === null) return null;
  if (!("yield" in issued)) return pageGone;
  sockets.note(socket, { hasPage: true });
  again(reopenIds.open, open);
  return null;
}

/** Whether it answers what {@link readyNewBrowser} asked. */
export function isReopened({ id }: { readonly id: string }): boolean {
  return id === reopenIds.open || id === reopenIds.begin;
}

/** A device's browser is to open a page, so that it has one from here on. */
export function notePage(sockets: Sockets, issued: DeviceRequest, isPlace: IsPlace = noPlaces): void {
  const socket = sockets.of("client");
  if (socket && sockets.attachment(socket).hasPage === false && startsWithOpening(issued, isPlace))
    sockets.note(socket, { hasPage: true });
}

/** The last of the request's commands that opens a page. */
export function openingIn(issued: DeviceRequest, isPlace: IsPlace): Command | null {
  if ("yield" in issued) return null;
  const commands = issued.command === "batch" ? commandsOf(issued) : [issued];
  return (commands.findLast((one) => opensPage(one, isPlace)) as Command | undefined) ?? null;
}

function startsWithOpening(issued: DeviceRequest, isPlace: IsPlace): boolean {
  if ("yield" in issued) return false;
  const [first] = issued.command === "batch" ? commandsOf(issued) : [issued];
  return first !== undefined && opensPage(first, isPlace);
}

function opensPage({ command, params }: Unchecked, isPlace: IsPlace): boolean {
  const { url, step } = (params ?? {}) as { url?: unknown; step?: unknown };
  return command === "navigate"
    ? typeof url === "string"
    : command === "step" && typeof step === "string" && isPlace(step);
}

type Unchecked = { readonly command?: unknown; readonly params?: unknown };

/** A batch is the worker's own text until the device has checked it. */
function commandsOf({ params }: { readonly params: unknown }): Unchecked[] {
  const { commands } = (params ?? {}) as { commands?: unknown };
  return Array.isArray(commands) ? commands.filter((one) => typeof one === "object" && one !== null) : [];
}
