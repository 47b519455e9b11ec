import type { LedgerHead } from "@passage/protocol/ledger";

/**
 * The head of a device's ledger as rows have it. A device that is started anew counts its entries anew, so `order` says which
 * of a session's heads came last.
 */
export interface KeptHead extends LedgerHead {
  readonly order: number;
}

export function nextHead(last: KeptHead | null, { head, entries }: LedgerHead): KeptHead {
  return { head, entries, order: (last?.order ?? 0) + 1 };
}

/** The one of these JSON texts that came last; null when there is none. */
export function lastHead(texts: readonly (string | null | undefined)[]): KeptHead | null {
  return texts
    .flatMap((text) => (text ? [JSON.parse(text) as LedgerHead & { order?: number }] : []))
    .map(({ head, entries, order = 0 }) => ({ head, entries, order }))
    .reduce<KeptHead | null>((last, one) => (last === null || isLater(one, last) ? one : last), null);
}

/** Rows of before 30 November 2026 have no order: there the device that sent most counts. */
function isLater(one: KeptHead, other: KeptHead): boolean {
  return one.order === other.order ? one.entries > other.entries : one.order > other.order;
}
