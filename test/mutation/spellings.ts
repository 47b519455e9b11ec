/**
 * A value as another release of a site might spell it: the same money, date or flag in another form, type or unit. `which`
 * chooses one.
 */
export function respelled(value: unknown, which: number, key: string): unknown {
  const spellings = spellingsOf(value, key);
  return spellings.length === 0 ? value : spellings[which % spellings.length];
}

function spellingsOf(value: unknown, key: string): readonly unknown[] {
  if (typeof value === "boolean") return [String(value), value ? 1 : 0, value ? "Y" : "N"];
  if (typeof value === "number") return [String(value), { value }, Number.isInteger(value) ? value / 100 : value * 100];
  if (Array.isArray(value)) return [{ ...value }, { items: value }, JSON.stringify(value)];
  if (typeof value === "object" && value !== null) return [[value], JSON.stringify(value)];
  if (typeof value !== "string") return [];
  const amount = /^\$?([\d,]+\.\d\d)$/.exec(value)?.[1]?.replaceAll(",", "");
  if (amount) return moneySpellings(amount);
  if (/^\d{4}-\d\d-\d\dT(?!00:00:00)/.test(value)) return timeSpellings(value);
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(value);
  const us = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(value);
  if (iso) return dateSpellings(iso[1] ?? "", iso[2] ?? "", iso[3] ?? "");
  if (us) return dateSpellings(us[3] ?? "", us[1] ?? "", us[2] ?? "");
  if (key === "type" && /^[A-Z]/.test(value)) return [value.toLowerCase(), `${value}_V2`, 1];
  return [{ text: value }, [value]];
}

function moneySpellings(amount: string): readonly unknown[] {
  const [whole = "", cents = ""] = amount.split(".");
  return [
    `USD ${amount}`,
    `${amount} USD`,
    `${whole},${cents} $`,
    `$ ${amount}`,
    amount,
    Number(amount),
    Number(whole + cents),
    whole + cents,
    { amount: Number(amount), currency: "USD" },
  ];
}

function dateSpellings(year: string, month: string, day: string): readonly unknown[] {
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return [
    `${day}.${month}.${year}`,
    `${year}/${month}/${day}`,
    `${year}${month}${day}`,
    `${year}-${month}-${day}T00:00:00.000Z`,
    `${month}/${day}/${year}`,
    `${month}/${day}/${year.slice(2)}`,
    at,
    at / 1000,
    new Date(at).toUTCString(),
  ];
}

function timeSpellings(value: string): readonly unknown[] {
  const at = Date.parse(value);
  return [
    at,
    at / 1000,
    value.slice(0, 10),
    new Date(at).toUTCString(),
    `${value.slice(0, 10)} ${value.slice(11, 19)}`,
  ];
}
