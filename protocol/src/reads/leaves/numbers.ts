const limit = 1e9;

/** How many digits a currency has after the point: 2 for USD, 0 for JPY, 3 for KWD. */
export type MoneyPlaces = 0 | 2 | 3;

/**
 * An amount in the currency's unit, as text with exactly `places` digits after the point. Takes `$1,042.17`, `-$5.00`,
 * `($5.00)`, `85.00` and 85.5. Where the currency has decimals, a whole number other than 0 is refused: it may be cents.
 */
export function writeMoney(value: unknown, places: MoneyPlaces = 2): string | undefined {
  if (typeof value === "number") return moneyOfNumber(value, places);
  if (typeof value !== "string" || value.length > 64) return undefined;
  if (places > 0 && value === "0") return fixed(0, places);
  const match = /^ ?(-|\()? ?[$£€¥]? ?(-)?(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.(\d+))? ?(\))? ?$/.exec(value);
  if (!match?.[3] || (match[4]?.length ?? 0) !== places) return undefined;
  if ((match[1] === "(") !== (match[5] === ")") || (match[1] !== undefined && match[2] !== undefined)) return undefined;
  const amount = Number(`${match[3].replaceAll(",", "")}.${match[4] ?? "0"}`);
  return fixed(match[1] || match[2] ? -amount : amount, places);
}

/** A number with at most two digits after the point; what its unit is, the provider decides. */
export function writeDecimal(value: unknown): number | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  const rounded = Number(value.toFixed(2)) + 0;
  return Math.abs(rounded) < limit ? rounded : undefined;
}

/** A whole number from `min` to `max`. */
export function writeInteger(value: unknown, min = -limit, max = limit): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max ? value + 0 : undefined;
}

function moneyOfNumber(value: number, places: MoneyPlaces): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (value !== 0 && Number.isInteger(value) !== (places === 0)) return undefined;
  return fixed(value, places);
}

function fixed(amount: number, places: MoneyPlaces): string | undefined {
  if (Math.abs(amount) >= limit) return undefined;
  const text = amount.toFixed(places);
  if (Math.abs(Number(text)) >= limit) return undefined;
  return Number(text) === 0 ? text.replace("-", "") : text;
}
