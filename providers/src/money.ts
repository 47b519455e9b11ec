/**
 * "$1,042.17", "-$5.00", "($5.00)", "85.00" and 85.5 as a number of the currency's unit; null when it is none of these. A whole
 * number other than 0 may as well be one of cents, so it is none.
 */
export function parseAmount(value: unknown): number | null {
  if (value === 0 || value === "0") return 0;
  if (typeof value === "number") return Number.isFinite(value) && !Number.isInteger(value) ? value : null;
  if (typeof value !== "string") return null;
  const match = /^\s*(-|\()?\s*\$?\s*(-)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{2})\s*(\))?\s*$/.exec(value);
  if (!match?.[3] || (match[1] === "(") !== (match[5] === ")")) return null;
  const amount = Number(match[3].replaceAll(",", "") + match[4]);
  return match[1] || match[2] ? -amount : amount;
}

/** Cents as sites count them, float noise and all (`4250`, `4249.999999`, `"4250"`), as a number of the unit; null when it is none. */
export function parseCents(value: unknown): number | null {
  const cents = typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof cents === "number" && Number.isFinite(cents) ? Math.round(cents) / 100 : null;
}

/** Whole cents of an amount in cents that carries the noise of floating-point sums: 3002.9999999999995 is 3003. */
export function wholeCents(cents: number): number {
  return Math.round(cents);
}

/** Whole cents of an amount in the currency's unit: 30.03 is 3003. */
export function toCents(amount: number): number {
  return Math.round(amount * 100);
}
