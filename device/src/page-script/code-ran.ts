import { globals } from "./api.ts";

let ran = false;

/** Code of the automation's own is about to run in this document. From now on nobody types here. */
export function codeRan(): void {
  ran = true;
}

/** Code in one document reaches into all of its origin: the frames within it, and the windows that it opened. */
export function hasRunCode(): boolean {
  if (ran) return true;
  return [parent, opener].some((other) => other && other !== window && ranIn(other));
}

function ranIn(view: Window): boolean {
  try {
    return (Reflect.get(view, globals.api) as { hasRunCode?: () => boolean } | undefined)?.hasRunCode?.() === true;
  } catch {
    // Of another origin: what ran there does not reach here.
    return false;
  }
}
