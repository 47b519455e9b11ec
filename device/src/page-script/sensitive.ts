import { boxesAround, isOneCharacter } from "./boxes.ts";
import { isA, isEditableHost } from "./kinds.ts";
import { labelsOf } from "./labels.ts";
import { hidesLetters } from "./masked.ts";
import type { SensitiveKind } from "./sensitive-kind.ts";
import { said } from "./words.ts";

/**
 * What a field asks a person for, where that must stay on the device; false for every other field. Said by, in this order:
 * `autocomplete`, boxes of one character in a row, the field's names and labels, and that it hides what is typed, now or at any
 * time before: by `type=password`, or by its style.
 */
export function isSensitive(element: Element): false | SensitiveKind {
  const field = fieldAt(element);
  if (!field) return false;
  const wasPassword = hidesText(field);
  const declared = byAutocomplete(field);
  if (declared && !(declared === "other" && wasPassword)) return declared === "other" ? false : declared;
  if (boxesAround(field)) return "one-time-code";
  return byWords(field, isSearch(field) && !wasPassword) || (wasPassword && "password");
}

/** Whether the field's names or labels say a secret, whatever else they and its attributes say. */
export function saysSecret(field: Element): boolean {
  return byWords(field, isSearch(field)) !== false;
}

function isSearch(field: Element): boolean {
  return field.matches("[type=search], [role=searchbox], [name=q], [name=search]");
}

const oncePassword = new WeakSet<Element>();

/** Remembers a field that hid what is typed: a "show password" button makes it text, and it stays a password. */
export function rememberPassword(element: Element): void {
  oncePassword.add(element);
}

function hidesText(field: Element): boolean {
  if (oncePassword.has(field)) return true;
  const hides = (isA(field, "input") && field.type === "password") || (!isA(field, "select") && hidesLetters(field));
  if (hides) oncePassword.add(field);
  return hides;
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
    says: /\b(cvv2?|cvc2?|csc|cvn|cvd|(credit|debit|bank|gift|payment) ?card( number| no| num| nr)?|card ?(number|num|no|nr|holder.*)|cc ?(number|num|no|csc|cvc|cvv|exp\w*)|ccn|ccnum|name on (the |your )?card|card (verification|security|expir\w*|exp).*|kartennummer|numero de (la )?carte|numero de (la )?tarjeta)\b/,
    unless:
      /\b(nickname|loyalty|library|member(ship)?|sim|business|report|student|insurance|medicare|filter|message)\b/,
  },
  {
    kind: "card",
    says: /\b(exp(iry|iration|ires)?( (date|month|year))|mm ?yy(yy)?|exp ?(mm|yy))\b/,
    unless: /\b(passport|licen[cs]e|document|visa|coupon|offer|domain|product|birth|start|end|from|until)\b/,
  },
  {
    kind: "security-answer",
    says: /\b((security|secret|challenge|recovery|memorable) (question|answer|word|place|date|name|info(rmation)?)s?|(answer|response) to (your |the )?(security|secret)|mother'?s maiden|maiden name|(first|childhood) (pet|car|school|teacher|job|concert|kiss|friend|best friend|nickname)|street (you|did you|where you) gr[eo]w|(city|town) (were you|you were|where you were) born|favou?rite (teacher|pet|movie|food|book|team|colou?r)|ssn|social security|last (4|four) (digits )?of (your )?(ssn|social))\b/,
    unless: /\b(choose|select|pick|subject|contact|faq)\b/,
  },
  {
    kind: "one-time-code",
    says: /\b(otp|totp|one ?time ?(pass ?code|code|pass ?word|pin)|(2|two) ?(fa|factor|step)|mfa|tfa|(verification|verify|security|auth\w*|confirm(ation)?|sms|e ?mail|text message|log ?in|sign ?in|access|device|backup|recovery|factor|identity|temporary|((4|four|5|five|6|six|7|seven|8|eight) ?digit))s? ?(pass ?)?(code|token|pin)s?|confirm ?code|passcode (from|we)|(code|pin) (from|sent|we|that we|you received)|enter (the |your |a |this )?((\d|four|six|eight) ?digit )?code|verification (number|pin)|bestatigungscode|code de (verification|securite)|codigo de verificacion)\b/,
    unless:
      /\b(zip|post(al|code)?|promo\w*|coupon|discount|gift|voucher|referral|referrer|invit\w*|country|area|dial\w*|calling|sort|branch|swift|bic|ifsc|routing|product|item|sku|bar|tracking|currency|language|tax|offer|campaign|redeem|redemption|booking|source)\b/,
  },
  {
    kind: "password",
    says: /\b(pass ?words?|passwd|pwd|pass ?phrase|pass ?code|kennwort|passwort|contrasena|mot de passe|senha|wachtwoord|has[łl]o|(account|atm|debit|customer|transaction|t mobile|login|enter( your)?|your|current|new|confirm|verify|(4|four|6|six) digit) pin|pin (number|no)|seed phrase|recovery phrase|private key|api key|secret key)\b|^pin$/,
    unless: /\b(hint|length|policy|manager|wi ?fi name|generator|site name|website)\b/,
  },
];

/** Words for a secret win over words for a search. A bare "code" that is searched for is none. */
function byWords(field: Element, isSearch: boolean): SensitiveKind | false {
  const texts = labelsOf(field);
  const all = texts.join(" | ");
  for (const { kind, says, unless } of rules) {
    if (!texts.some((text) => says.test(text) || said(text).has(kind)) || unless.test(all)) continue;
    if (isA(field, "select") && kind !== "card" && !isOneCharacter(field)) continue;
    // "Security code" is the card's where a card's number is asked for beside it.
    return kind === "one-time-code" && securityCode.test(all) && isBesideCard(field) ? "card" : kind;
  }
  if (isOneCharacter(field) && texts.some((text) => oneOfSeveral.test(text))) return "security-answer";
  return !isSearch && isBareCode(field, texts, all) && "one-time-code";
}

/** What both the code of a card and the one of a message are called. */
const securityCode =
  /\b(security code|sicherheitscode|codigo de seguran[cz]a|codigo de seguridad|code de securite|codice di sicurezza|beveiligingscode|sakerhetskod|guvenlik kodu?)\b|код безопасности|セキュリティコート|보안 ?코드|رمز الامان/;
/** Signs of a secret that a site asks for one by one: "2nd character", "letter 5 of your password", "third digit". */
const oneOfSeveral =
  /\b(\d+ ?(st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last) (character|letter|digit|number)\b|\b(character|letter|digit|position|zeichen|stelle|caractere|cifra|lettera|letra|digito) (no |nr |number )?\d+\b/;

const bareCode =
  /^((the |your )?(pin ?)?code( \d+)?|codigo|codice|cod|kod|kode|koodi|код|コート|代码|代碼|कड|কড|کوڈ|كود|رمز|کد|קוד|ma|κωδικος|코드|รหส)$/;

/** "code" alone says a code to type from elsewhere only where the field is made for four to eight characters or digits. */
function isBareCode(field: Element, texts: readonly string[], all: string): boolean {
  if (!isA(field, "input") || !texts.some((text) => bareCode.test(text) || /(^| )(m?pin|пин)( |$)/.test(text)))
    return false;
  const { unless } = rules.find(({ kind }) => kind === "one-time-code") ?? { unless: never };
  if (unless.test(all)) return false;
  const short = field.maxLength >= 4 && field.maxLength <= 8;
  return short || /^(tel|number)$/.test(field.type) || /^(numeric|decimal|tel)$/.test(field.inputMode);
}

function isBesideCard(field: Element): boolean {
  const near = field.closest("form, fieldset, section, dialog, main") ?? field.ownerDocument.body;
  return [...near.querySelectorAll("input")].some(
    (other) =>
      other !== field &&
      (byAutocomplete(other) === "card" ||
        labelsOf(other).some((text) => rules[0]?.says.test(text) || said(text).has("card"))),
  );
}
