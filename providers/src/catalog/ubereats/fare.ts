import { toCents, wholeCents } from "@passage/providers/money";

/** A row of the receipt as the site has it: `rawValue` is in the currency's unit, 30.03 for $30.03. */
export type ReceiptRow = { readonly label: string; readonly key: string | null; readonly rawValue: number };

/**
 * What the order cost, in cents. The site's `totalPrice` is in cents by all that is known; the receipt's rows, whose unit is
 * certain, say whether that holds for this order. A total in the currency's unit is recognised by them.
 * @returns `agrees` is null where there are no rows to compare with, false where neither reading fits them.
 */
export function orderTotal(
  totalPrice: number | null,
  rows: readonly ReceiptRow[],
): { totalCents: number | null; agrees: boolean | null } {
  const receipt = receiptCents(rows);
  if (totalPrice === null) return { totalCents: receipt, agrees: null };
  if (receipt === null) return { totalCents: wholeCents(totalPrice), agrees: null };
  if (isNear(wholeCents(totalPrice), receipt) || isNear(toCents(totalPrice), receipt))
    return { totalCents: receipt, agrees: true };
  return { totalCents: wholeCents(totalPrice), agrees: false };
}

/** The row that names the total, or the sum of all; labels are matched whole ("Tax on Delivery Fees" is not "Tax"). */
function receiptCents(rows: readonly ReceiptRow[]): number | null {
  if (rows.length === 0) return null;
  const total = rows.find(({ key, label }) => key === "eats_fare.total" || label === "Total");
  return total ? toCents(total.rawValue) : rows.reduce((sum, { rawValue }) => sum + toCents(rawValue), 0);
}

/** Rounding row by row may differ from rounding once by a cent. */
function isNear(cents: number, others: number): boolean {
  return cents - others <= 1 && others - cents <= 1;
}
