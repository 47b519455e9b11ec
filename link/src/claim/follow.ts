import type { LinkStatusMessage } from "@passage/protocol/events";
import type { LinkDetails } from "@passage/protocol/http/claim";
import type { LinkStatus } from "@passage/protocol/http/link";
import type { ErrorBody } from "@passage/protocol/http/problem";
import type { ClaimEvent } from "./status.ts";

type Report = (event: ClaimEvent) => void;

/**
 * Reports what becomes of a link until it ends: loads the details, then listens; starts over when the connection
 * breaks, later each time. Also goes on after `failed`, because the link can be claimed again.
 */
export async function follow(code: string, report: Report): Promise<void> {
  for (let failures = 0; ; failures++) {
    const found = await load(code);
    report(found);
    if (found.type === "refused") return;
    if (found.type === "details") {
      const watched = isEnd(found.details.status) ? found.details.status : await watch(code, report);
      if (watched && isEnd(watched)) return;
      if (watched && watched !== "failed") failures = 0;
    }
    await pause(retryDelayMs(failures));
  }
}

/** Up to half a second after the first failure, doubling to 15 s, with half of it left to chance. */
export function retryDelayMs(failures: number, random: () => number = Math.random): number {
  return Math.min(15_000, 500 * 2 ** failures) * (0.5 + random() / 2);
}

async function load(code: string): Promise<Extract<ClaimEvent, { type: "details" | "refused" | "lost" }>> {
  try {
    const response = await fetch(`/link/details?code=${encodeURIComponent(code)}`, {
      cache: "no-store",
      signal: AbortSignal.timeout(10_000),
    });
    const body: unknown = await response.json();
    if (response.ok) return { type: "details", details: body as LinkDetails };
    const reason = refusal(response.status, body as ErrorBody);
    return reason ? { type: "refused", reason } : { type: "lost" };
  } catch {
    return { type: "lost" };
  }
}

function refusal(status: number, { code }: ErrorBody): "unknown" | "expired" | "used" | null {
  if (code === "link_already_used") return "used";
  if (status === 410) return "expired";
  return status === 404 || status === 400 ? "unknown" : null;
}

/** Listens on the status socket until it closes. Returns the last status heard, if any. */
function watch(code: string, report: Report): Promise<LinkStatus | undefined> {
  return new Promise((resolve) => {
    const url = new URL(`/link/ws?code=${encodeURIComponent(code)}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    let last: LinkStatus | undefined;
    socket.onmessage = ({ data }) => {
      const message = parse(data);
      if (!message) return;
      last = message.status;
      report({ type: "status", message });
      if (isEnd(last)) settle();
    };
    const settle = (event?: CloseEvent) => {
      removeEventListener("offline", offline);
      socket.onmessage = socket.onclose = null;
      socket.close(1000);
      const ended = last && (isEnd(last) || (last === "failed" && event?.code === 1000));
      if (!ended) report({ type: "lost" });
      resolve(last);
    };
    // A socket of a network that went away would look open for minutes.
    const offline = () => settle();
    addEventListener("offline", offline);
    socket.onclose = settle;
  });
}

function parse(data: unknown): LinkStatusMessage | undefined {
  try {
    const message = JSON.parse(String(data)) as LinkStatusMessage;
    return message.type === "link.status" ? message : undefined;
  } catch {
    return undefined;
  }
}

function isEnd(status: LinkStatus): boolean {
  return status === "complete" || status === "expired";
}

/** Waits, but not longer than until the network or the person comes back. */
function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      document.removeEventListener("visibilitychange", shown);
      resolve();
    };
    const shown = () => document.visibilityState === "visible" && done();
    const timer = setTimeout(done, delayMs);
    addEventListener("online", done);
    document.addEventListener("visibilitychange", shown);
  });
}
