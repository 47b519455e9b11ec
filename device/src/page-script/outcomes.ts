import type { Done, Failure, Foreign, Read, Retry } from "./api.ts";
import { hold } from "./handles.ts";
import type { ForeignFrame } from "./select.ts";

export const done: Done = { kind: "done" };
export const replaced: Retry = retry("the element was replaced", true);

export function read<T>(value: T): Read<T> {
  return { kind: "done", value };
}

export function retry(reason: string, found: boolean): Retry {
  return { kind: "retry", reason, found };
}

export function notActionable(message: string): Failure {
  return { kind: "failed", code: "not_actionable", message };
}

export function foreign({ frame, rest }: ForeignFrame): Foreign {
  return { kind: "foreign", handle: hold(frame), rest };
}
