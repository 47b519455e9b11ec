import { areWords, isPlain, isPlainData } from "./plain-values.ts";

const shortestRandom = 16;
const fewestDistinct = 8;
const shortestNamed = 6;
const segments = /[A-Za-z0-9_-]{16,}/g;

/**
 * Whether a text is the work of a random generator: at least 16 letters and digits, eight different ones, and in every sixth
 * character a change between letters and digits or from a small letter to a capital. Words, names in camel case, paths,
 * dates and numbers do not change that often.
 */
export function looksRandom(text: string): boolean {
  const characters = text.replace(/[^A-Za-z0-9]/g, "");
  if (characters.length < shortestRandom || new Set(characters).size < fewestDistinct) return false;
  const changes = characters.match(/[a-z](?=[A-Z0-9])|[A-Z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return changes * 6 >= characters.length;
}

/** Whether a part of a text tells it: it looks random, and no word is in it that stands on other pages too. */
export function isRandomThroughout(text: string): boolean {
  return looksRandom(text) && ![...text.matchAll(/[A-Z]?[a-z]{5,}|[A-Z]{6,}/g)].some(([word]) => areWords(word));
}

/** Whether nobody can guess the text: 16 letters and digits or more, and neither words nor numbers that count something. */
export function isUnguessable(text: string): boolean {
  const characters = text.replace(/[^A-Za-z0-9]/g, "");
  if (characters.length < shortestRandom || /\s/.test(text)) return false;
  return new Set(characters).size >= fewestDistinct && (looksRandom(text) || !isPlainData(text));
}

/** Whether the text could sign someone in where nothing says that it does: eight characters or more, and not plain. */
export function isOpaque(text: string): boolean {
  return text.replace(/[^\p{L}\p{N}]/gu, "").length >= 8 && !/\s/.test(text) && !isPlainData(text);
}

/** The random parts of a value: a session id, the payload and signature of a JWT (not its header, which all have). */
export function randomParts(value: string): string[] {
  const decoded = value.includes("%") ? decode(value) : value;
  return [...decoded.matchAll(segments)]
    .map(([text]) => text)
    .filter((text) => looksRandom(text) && !/^eyJ(hbGci|0eXAi|raWQi)/.test(text));
}

const tokenNames =
  /(^|_)(tokens?|secrets?|jwts?|[ps]?sid|otp|totp|passcode|pass_?phrase|assertion|saml_?(response|art|assertion)|wresult|credentials?|signature(_value)?|api_?keys?|(secret|private|access|signing|session|auth|encryption)_keys?|authorization|session_?ids?|[cx]srf|bearer|tickets?|verifier|cookies?|(device|user|recovery|backup|mfa|sms)_codes?|magic_?links?)$|(token|secret|passwd|password|pwd|sess(ion)?_?id|apikey)s?$/;
const codeNames =
  /(^|_)(code|auth_?code|authorization_?code|state|nonce|pin|one_time_code|verification_code|session_state|access|refresh|auth|sess|session|sig|challenge)$/;
const numberedCode = /(^|_)(code|pin|nonce|state)$/;

/** What a name says of its value. */
interface Called {
  readonly token: boolean;
  readonly code: boolean;
  readonly numbered: boolean;
}

/** The same few names stand in a page thousands of times. */
const known = new Map<string, Called>();
const mostKnown = 4_000;

function called(name: string): Called {
  const before = known.get(name);
  if (before) return before;
  const plain = snake(name);
  const says = { token: tokenNames.test(plain), code: codeNames.test(plain), numbered: numberedCode.test(plain) };
  if (known.size >= mostKnown) known.clear();
  known.set(name, says);
  return says;
}

/** Whether a field, parameter or entry of this name holds a token: `access_token`, `idToken`, `csrf`, `sid`. */
export function isTokenName(name: string): boolean {
  return called(name).token;
}

/** Whether the value of a field or parameter called `code`, `state` or `pin` is a secret: an error's code is none, nor is a country's. */
export function isCode(name: string, value: string): boolean {
  const { code, numbered } = called(name);
  return code && (isUnguessable(value) || (numbered && /^\d{6,8}$/.test(value)));
}

/** Whether a parameter's name says that its value may sign someone in, whatever it looks like. */
export function mayNameSecret(name: string): boolean {
  const { token, code } = called(name);
  return token || code;
}

/** Whether a value of this name is a secret: by the name, unless the value is plain; or by both. */
export function isNamedSecret(name: string, value: string): boolean {
  if (value.length < shortestNamed) return false;
  return (isTokenName(name) && !isPlain(value, name)) || isCode(name, value);
}

export interface AddressCode {
  readonly name: string;
  readonly value: string;
  /** As it stands in the address. */
  readonly written: string;
}

/** The values in an address's query and fragment that sign someone in. */
export function codesIn(address: string): AddressCode[] {
  const found: AddressCode[] = [];
  for (const [, name = "", written = ""] of address.matchAll(/[?&#;]([^=&#;?]+)=([^&#;]+)/g)) {
    const value = decode(written);
    const field = decode(name);
    if ((isTokenName(field) && value.length >= 6) || isCode(field, value)) found.push({ name: field, value, written });
  }
  return found;
}

function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[.:$[\]-]+/g, "_")
    .replace(/^_+|_+$|(_(value|string|raw|v?\d+)|\d+)$/gi, "")
    .toLowerCase();
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
