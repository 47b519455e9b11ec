const shortestRandom = 16;
const fewestDistinct = 8;
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

/** The random parts of a value: a session id, the payload and signature of a JWT (not its header, which all have). */
export function randomParts(value: string): string[] {
  const decoded = value.includes("%") ? decode(value) : value;
  return [...decoded.matchAll(segments)]
    .map(([text]) => text)
    .filter((text) => looksRandom(text) && !/^eyJ(hbGci|0eXAi|raWQi)/.test(text));
}

const tokenNames =
  /(^|_)(token|secret|jwt|sid|otp|passcode|password|passwd|pwd|assertion|samlresponse|credentials?|signature|apikey|api_key|authorization|session_?id|csrf|xsrf|bearer|ticket|verifier)$/;
const codeNames =
  /^(code|auth_?code|authorization_?code|state|nonce|pin|one_time_code|verification_code|session_state)$/;

/** Whether a field, parameter or entry of this name holds a token: `access_token`, `idToken`, `csrf`, `sid`. */
export function isTokenName(name: string): boolean {
  return tokenNames.test(snake(name));
}

/** Whether the value of a field or parameter called `code`, `state` or `pin` is a secret: an error's code is none, nor is a country's. */
export function isCode(name: string, value: string): boolean {
  return codeNames.test(snake(name)) && (looksRandom(value) || /^\d{6,8}$/.test(value));
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
    const value = decode(written.replaceAll("+", " "));
    const field = decode(name);
    if ((isTokenName(field) && value.length >= 6) || isCode(field, value)) found.push({ name: field, value, written });
  }
  return found;
}

function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[.:$-]/g, "_")
    .toLowerCase();
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
