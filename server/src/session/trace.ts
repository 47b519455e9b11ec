import type { SessionTrace } from "@passage/protocol/trace";

/** What the timeline still knows of one message when its values are gone. */
export interface Outline {
  readonly seq: number;
  readonly direction: string;
  readonly type: string;
  readonly id: string | null;
  readonly command: string | null;
  readonly code: string | null;
  readonly ts: number;
}

type Entry = SessionTrace["trace"][number];

/** Pairs what was sent to the device with what it answered. */
export function traceOf(messages: readonly Outline[]): Entry[] {
  const entries: Entry[] = [];
  const open = new Map<string, Entry>();
  for (const { seq, direction, type, id, command, code, ts } of messages) {
    if (id === null) continue;
    const pending = open.get(id);
    if (direction === "server_to_client" && (type === "server.command" || type === "server.set_interactive")) {
      if (pending) pending.sent += 1;
      else {
        const entry = { seq, id, request: command ?? "yield", askedAt: ts, ms: null, sent: 1, error: null };
        open.set(id, entry);
        entries.push(entry);
      }
    } else if (direction === "client_to_server" && type === "client.command_response" && pending) {
      pending.ms = ts - pending.askedAt;
      pending.error = code === null ? null : { code };
      open.delete(id);
    }
  }
  return entries;
}
