import type { ErrorCode, ErrorValue } from "@passage/protocol/errors";

/** What an object answers where a caller's mistake is expected: a value, so that it crosses the objects' border whole. */
export type RpcResult<T> = { readonly ok: T } | { readonly refused: ErrorValue };

export function refused(code: ErrorCode, message: string): { readonly refused: ErrorValue } {
  return { refused: { code, message } };
}
