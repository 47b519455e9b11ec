/** Whole cents of an amount in cents that carries the noise of floating-point sums: 3002.9999999999995 is 3003. */
export function wholeCents(cents: number): number {
  return Math.round(cents);
}

/** Whole cents of an amount in the currency's unit: 30.03 is 3003. */
export function toCents(amount: number): number {
  return Math.round(amount * 100);
}
