const joiner = "\u200d";
/** Controls, halves of surrogate pairs, private use, and invisible marks but the joiner that holds an emoji together. */
const unseen = /(?!\u200d)[\p{Cc}\p{Cs}\p{Co}\p{Cf}]/gu;
/** As many digits as a one-time code has. */
const longDigits = /\p{Nd}{6,}/gu;
const edges = new RegExp(`^[\\s${joiner}]+|[\\s${joiner}]+$`, "g");

/**
 * Free text, cleaned and cut at `max` code points: NFC, no control and no invisible mark, white space collapsed. Six or more
 * digits in a row become `#`, except where `digits` says that they belong there.
 */
export function writeText(value: unknown, max: number, digits = false): string | undefined {
  if (typeof value !== "string") return undefined;
  // Nothing that is cut away below needs to be looked at; a code point is at most two units, and marks may go.
  const near = value.slice(0, max * 16 + 64);
  const clean = near.replace(/\s+/g, " ").replace(unseen, "").normalize("NFC").replace(/\s+/g, " ");
  const shown = (digits ? clean : clean.replace(longDigits, "#")).replace(edges, "");
  return [...shown].slice(0, max).join("").replace(edges, "");
}

const idForm = /^[A-Za-z0-9][A-Za-z0-9._:~=+-]*$/;

/**
 * An identifier: letters, digits and `._:~=+-`, at most `max` characters. A number is taken only where JSON kept all of its
 * digits. Four to eight digits alone may be a one-time code and are refused, except where `digits` says that they are an id.
 */
export function writeId(value: unknown, max: number, digits = false): string | undefined {
  if (typeof value === "number" && !Number.isSafeInteger(value)) return undefined;
  const text = typeof value === "number" ? String(value + 0) : value;
  if (typeof text !== "string" || text.length > max || !idForm.test(text)) return undefined;
  return !digits && /^\d{4,8}$/.test(text) ? undefined : text;
}

/** Four digits, as a site shows them of a card. */
export function writeLast4(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}$/.test(value) ? value : undefined;
}

/** A card's expiry as `MM/YY`; takes `MM/YYYY` and `YYYY-MM` too. */
export function writeExpiry(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 16) return undefined;
  const [, month, year] = /^(0[1-9]|1[0-2])\/(?:20)?(\d{2})$/.exec(value) ?? [];
  if (month) return `${month}/${year}`;
  const [, isoYear, isoMonth] = /^20(\d{2})-(0[1-9]|1[0-2])$/.exec(value) ?? [];
  return isoMonth ? `${isoMonth}/${isoYear}` : undefined;
}

export function writePostcode(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 16) return undefined;
  const text = value.trim().replace(/ +/g, " ").toUpperCase();
  return /^[A-Z0-9][A-Z0-9 -]{1,9}$/.test(text) ? text : undefined;
}

/** Origin and path of an address at one of the origins; its query and fragment stay on the device. */
export function writeUrl(value: unknown, origins: readonly string[]): string | undefined {
  const url = typeof value === "string" && value.length <= 4_096 ? URL.parse(value) : null;
  if (!url || !origins.includes(url.origin) || url.username !== "" || url.password !== "") return undefined;
  const text = url.origin + url.pathname;
  return text.length <= 500 ? text : undefined;
}
