import { isA, isEditableHost } from "./kinds.ts";
import { labelsOf } from "./labels.ts";
import { parentOf } from "./states.ts";

export type SensitiveKind = "password" | "one-time-code" | "card" | "security-answer";

/**
 * What a field asks a person for, where that must stay on the device; false for every other field. Said by, in this order:
 * `autocomplete`, boxes of one character in a row, the field's names and labels, and `type=password`, now or at any time before.
 */
export function isSensitive(element: Element): false | SensitiveKind {
  const field = fieldAt(element);
  if (!field) return false;
  const wasPassword = hidesText(field);
  const declared = byAutocomplete(field);
  if (declared && !(declared === "other" && wasPassword)) return declared === "other" ? false : declared;
  if (isSplitCode(field)) return "one-time-code";
  const search = field.matches("[type=search], [role=searchbox], [name=q], [name=search]");
  if (search && !wasPassword) return false;
  return byWords(field) || (wasPassword && "password");
}

const oncePassword = new WeakSet<Element>();

/** Remembers a field whose `type` was "password": a "show password" button makes it text, and it stays a password. */
export function rememberPassword(element: Element): void {
  oncePassword.add(element);
}

function hidesText(field: Element): boolean {
  if (isA(field, "input") && field.type === "password") oncePassword.add(field);
  return oncePassword.has(field);
}

const typed = new Set(["text", "password", "tel", "number", "email", "search", "url"]);

/** The field that the element is or is typed into: nothing where a person types no text. */
function fieldAt(element: Element): Element | null {
  if (isA(element, "input")) return typed.has(element.type) || oncePassword.has(element) ? element : null;
  if (isA(element, "textarea") || isA(element, "select")) return element;
  return isEditableHost(element) ? element.closest("[contenteditable]") : null;
}

const uninformative =
  /^(on|off|no|nope|none|false|true|disabled|new|chrome-off|do-not-autofill|section-.*|shipping|billing|webauthn)$/;

/** The `autocomplete` attribute's word, or null where it says nothing. "other": it names something that is no secret. */
function byAutocomplete(field: Element): SensitiveKind | "other" | null {
  const words = (field.getAttribute("autocomplete") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (words.some((word) => word === "current-password" || word === "new-password")) return "password";
  if (words.includes("one-time-code")) return "one-time-code";
  if (words.some((word) => word.startsWith("cc-"))) return "card";
  const known =
    /^(username|email|name|.*-name|tel.*|postal-code|street-address|address-.*|country.*|organization.*|bday.*|sex|url|language|transaction-.*)$/;
  return words.some((word) => !uninformative.test(word) && known.test(word)) ? "other" : null;
}

/** One of four to eight boxes of one character each, side by side. */
function isSplitCode(field: Element): boolean {
  if (!isA(field, "input") || field.maxLength !== 1) return false;
  let around = parentOf(field);
  for (let depth = 0; around && depth < 4; depth++, around = parentOf(around)) {
    const boxes = around.querySelectorAll("input[maxlength='1']").length;
    if (boxes >= 4) return boxes <= 8;
  }
  return false;
}

interface Rule {
  readonly kind: SensitiveKind;
  readonly says: RegExp;
  /** Words that make it something else. */
  readonly unless: RegExp;
}

const never = /(?!)/;

/** First match wins. The text is the field's names and labels in lower case, camelCase and separators as spaces. */
const rules: readonly Rule[] = [
  {
    kind: "card",
    says: /\b(cvv2?|cvc2?|csc|cvn|cvd|(credit|debit|bank|gift|payment) ?card( number| no| num| nr)?|card ?(number|num|no|nr|holder.*)|cc ?(number|num|no|csc|cvc|cvv|exp\w*)|ccn|ccnum|name on (the |your )?card|card (verification|security|expir\w*|exp).*|kartennummer|num[ée]ro de (la )?carte|n[úu]mero de (la )?tarjeta)\b/,
    unless:
      /\b(nickname|loyalty|library|member(ship)?|sim|business|report|student|insurance|medicare|search|filter|message)\b/,
  },
  {
    kind: "card",
    says: /\b(exp(iry|iration|ires)?( (date|month|year))|mm ?yy(yy)?|exp ?(mm|yy))\b/,
    unless: /\b(passport|licen[cs]e|document|visa|coupon|offer|domain|product|birth|start|end|from|until)\b/,
  },
  {
    kind: "security-answer",
    says: /\b((security|secret|challenge|recovery|memorable) (question|answer|word|place|date|name|info(rmation)?)s?|(answer|response) to (your |the )?(security|secret)|mother'?s maiden|maiden name|(first|childhood) (pet|car|school|teacher|job|concert|kiss|friend|best friend|nickname)|street (you|did you|where you) gr[eo]w|(city|town) (were you|you were|where you were) born|favou?rite (teacher|pet|movie|food|book|team|colou?r)|ssn|social security|last (4|four) (digits )?of (your )?(ssn|social))\b/,
    unless: /\b(choose|select|pick|subject|contact|faq|search)\b/,
  },
  {
    kind: "one-time-code",
    says: /\b(otp|totp|one ?time ?(pass ?code|code|pass ?word|pin)|(2|two) ?(fa|factor|step)|mfa|tfa|(verification|verify|security|auth\w*|confirm(ation)?|sms|e ?mail|text message|log ?in|sign ?in|access|device|backup|recovery|factor|identity|temporary|((4|four|5|five|6|six|7|seven|8|eight) ?digit))s? ?(pass ?)?(code|token|pin)s?|confirm ?code|passcode (from|we)|(code|pin) (from|sent|we|that we|you received)|enter (the |your |a |this )?((\d|four|six|eight) ?digit )?code|verification (number|pin)|best[äa]tigungscode|code de (v[ée]rification|s[ée]curit[ée])|c[óo]digo de verificaci[óo]n)\b/,
    unless:
      /\b(zip|post(al|code)?|promo\w*|coupon|discount|gift|voucher|referral|referrer|invit\w*|country|area|dial\w*|calling|sort|branch|swift|bic|ifsc|routing|product|item|sku|bar|tracking|currency|language|tax|offer|campaign|redeem|redemption|booking|search|source)\b/,
  },
  {
    kind: "password",
    says: /\b(pass ?words?|passwd|pwd|pass ?phrase|pass ?code|kennwort|passwort|contrase[ñn]a|mot de passe|senha|wachtwoord|has[łl]o|(account|atm|debit|customer|transaction|t mobile|login|enter( your)?|your|current|new|confirm|verify|(4|four|6|six) digit) pin|pin (number|no)|seed phrase|recovery phrase|private key|api key|secret key)\b|^pin$/,
    unless: /\b(hint|search|length|policy|manager|wi ?fi name|generator|site name|website)\b/,
  },
];

function byWords(field: Element): SensitiveKind | false {
  const texts = labelsOf(field);
  const all = texts.join(" | ");
  for (const { kind, says, unless } of rules) {
    if (!texts.some((text) => says.test(text)) || unless.test(all)) continue;
    if (isA(field, "select") && kind !== "card") continue;
    // "Security code" is the card's where a card's number is asked for beside it.
    return kind === "one-time-code" && /\bsecurity code\b/.test(all) && isBesideCard(field) ? "card" : kind;
  }
  return isBareCode(field, texts, all) && "one-time-code";
}

/** "code" alone says a code to type from elsewhere only where the field is made for four to eight characters or digits. */
function isBareCode(field: Element, texts: readonly string[], all: string): boolean {
  if (!isA(field, "input") || !texts.some((text) => /^(the |your )?(pin ?)?code( \d+)?$/.test(text))) return false;
  const { unless } = rules.find(({ kind }) => kind === "one-time-code") ?? { unless: never };
  if (unless.test(all)) return false;
  const short = field.maxLength >= 4 && field.maxLength <= 8;
  return short || /^(tel|number)$/.test(field.type) || /^(numeric|decimal|tel)$/.test(field.inputMode);
}

function isBesideCard(field: Element): boolean {
  const near = field.closest("form, fieldset, section, dialog, main") ?? field.ownerDocument.body;
  return [...near.querySelectorAll("input")].some(
    (other) =>
      other !== field && (byAutocomplete(other) === "card" || rules[0]?.says.test(labelsOf(other).join(" | "))),
  );
}
