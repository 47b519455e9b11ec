import { present, time } from "./text.ts";

/** An event of a session, or a request to its device in the form of one. */
export interface SessionEvent {
  readonly seq: number;
  readonly serverTs: number;
  readonly type: string;
  readonly payload: Record<string, unknown>;
}

const payloadCharacters = 400;

/** An event on one line: its time, its type, and what it says, cut. */
export function eventLine({ serverTs, type, payload }: SessionEvent): string {
  return `${time(serverTs)} ${type} ${JSON.stringify(short(payload))}`;
}

/** An event for a program, cut as it is for a model. */
export function shortEvent({ seq, serverTs, type, payload }: SessionEvent): Record<string, unknown> {
  return { seq, ts: serverTs, type, payload: short(payload) };
}

function short(payload: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(payload).map(([name, value]) => {
    const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
    return [name, text.length > payloadCharacters ? `${text.slice(0, 80)}… (${text.length} characters)` : value];
  });
  return present(Object.fromEntries(fields));
}
