import { accountIdForm } from "@passage/protocol/reads/leaf";

/** What kinds of personal data a recording may hold. `number`: of an account, a line, a member; `label`: what a person named a thing. */
export type SecretKind =
  | "card"
  | "secret"
  | "token"
  | "email"
  | "phone"
  | "number"
  | "id"
  | "name"
  | "label"
  | "address";

export interface Found {
  readonly kind: SecretKind;
  readonly text: string;
}

/** Kinds by the name of the value's key. The first that fits key and value counts. */
const kindsOfKeys: readonly [SecretKind, RegExp][] = [
  ["secret", /(^|[_-])(cvv|cvc|pin|ssn|otp|password|passcode)$|(Cvv|Cvc|Pin|Ssn|Otp|Password|Passcode|securityCode)$/],
  ["token", /token|secret|session|cookie|csrf|xsrf|jwt|puid|signature|credential|authorization/i],
  ["email", /e-?mail/i],
  ["phone", /phone|msisdn|mobileNumber|\bm[dt]n\b|\bctn\b|^tel$/i],
  ["number", /(account|ban|member|patron|customer|subscriber|policy|iban|routing|meter|barcode)(_?(number|no|id))?$/i],
  ["number", /(card|line|user|client)_?(number|no|id)$/i],
  ["address", /(^|_)(line[123]|street|city|zip|address[123]?|formatted|apt)$|postal_?code$/i],
  ["address", /(Line[123]|Street|City|Zip|Address[123]?)$/],
  ["name", /(^|first|last|full|given|family|middle|user|customer|account|holder|courier|billing)_?name(OnCard)?$/i],
  ["name", /(^|card|account)_?holder$|^(owner|patron|courier)$/i],
  ["label", /(display|nick)_?name$/i],
  ["id", /(^id|Id|_id|uuid|Uuid|UUID|reference|confirmation)$/],
];

/** Where a long number is a time. */
const timeKey = /time|date|(^|_)at$|At$|since|until|expir|epoch|start|end|changed|created|modified|ts$/i;

const patterns: readonly [SecretKind, RegExp][] = [
  ["token", /eyJ[\w-]{8,}\.[\w-]{8,}\.?[\w-]*/g],
  ["email", /[\p{L}\p{N}._%+*-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu],
  ["card", /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])/g],
  ["phone", /(?<![\d.])\+\d[\d ().-]{7,17}\d(?!\d)/g],
  ["phone", /(?<![\d.])(?:1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)/g],
  ["token", /(?<![\w/+-])(?=[\w+/-]*\d)(?=[\w+/-]*[a-zA-Z])[\w+-]{24,}={0,2}(?![\w/+=-])/g],
  // Behind a name, as in an address or a cookie, a shorter one is one too.
  ["token", /(?<=[\w-]=)(?=[\w+-]*\d)(?=[\w+-]*[a-zA-Z])[\w+-]{16,}={0,2}(?![\w/+=-])/g],
  ["number", /(?<![\d.])\d{9,}(?![\d.])/g],
  [
    "address",
    /(?<!\d)\d{1,6} (?:[NSEW]\.? )?(?:\p{Lu}[\p{L}'.-]* ){1,4}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Ln|Lane|Dr|Drive|Ct|Court|Way|Pl|Place)\b/gu,
  ],
];

/** The personal data in one value, by its key and by its form. Amounts and dates are none. */
export function find(key: string, value: string | number): Found[] {
  const text = String(value);
  // What stands in for it must be a code as well.
  if (accountIdForm.test(text)) return [{ kind: "token", text: text.slice("acct_".length) }];
  const kind = kindsOfKeys.find(([kind, pattern]) => pattern.test(key) && fits(kind, text))?.[0];
  const isTime = timeKey.test(key) && !kind;
  const byKey = kind && !passesLuhn(text) ? [{ kind, text: text.trim() }] : [];
  if (typeof value === "number" && (isTime || !Number.isInteger(value))) return byKey;
  const byForm = patterns.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)]
      .map(([match]) => ({ kind, text: match }))
      .filter((found) => (found.kind === "card" ? passesLuhn(found.text) : !(found.kind === "number" && isTime))),
  );
  return [...byKey, ...byForm];
}

/** A key alone does not make a secret: `accountType: "prepaid"` has no digits, and `id: 7` names a place in a list. */
function fits(kind: SecretKind, text: string): boolean {
  const trimmed = text.trim();
  const digits = trimmed.replace(/\D/g, "").length;
  if (kind === "name" || kind === "label") return /\p{L}{2}/u.test(trimmed);
  if (kind === "address") return /\p{L}{3}|\d{4}/u.test(trimmed);
  if (kind === "secret") return trimmed.length >= 3;
  if (kind === "token") return trimmed.length >= 8;
  if (kind === "email") return trimmed.includes("@");
  return trimmed.length >= 6 && digits >= 4;
}

export function passesLuhn(text: string): boolean {
  const digits = [...text.replace(/\D/g, "")].reverse().map(Number);
  const sum = digits.reduce(
    (total, digit, place) => total + (place % 2 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit),
    0,
  );
  return digits.length >= 13 && sum % 10 === 0;
}
