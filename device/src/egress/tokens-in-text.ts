import { parseJsonFast } from "../network/json.ts";
import { isNamedSecret, isOpaque, isTokenName, isUnguessable, looksRandom } from "./token-like.ts";

/** A secret that a text holds, and what the text calls it. */
export interface FoundToken {
  readonly name: string;
  readonly value: string;
}

/** Values deeper in JSON are looked at as text alone. */
const deepest = 64;
const longestName = 64;
const longestValue = 16_384;
const quoted = `\\\\*(?:["'\`]|&quot;|&#34;|&#39;|&#x27;)`;
/** Names of tokens hold one of these; the names themselves are judged by `isNamedSecret`. */
const roots =
  /token|secret|passw|pwd|passcode|phrase|jwt|sid|otp|assert|saml|wresult|credential|signature|api_?-?key|_?-?key|authori[sz]|sess|[cx]srf|bearer|ticket|verifier|cookie|code|state|nonce|pin|access|refresh|auth|sig|challenge|magic/gi;
/** After a name: what parts it from its value, and the value, in quotes or bare. */
const assigned = new RegExp(
  `(?:${quoted})?\\s*(?:\\]\\s*)?(?:[:=]|=>|,)\\s*(?:${quoted}([^"'\`<>\\s\\\\&]{6,}(?:\\\\[^"'\\s][^"'\`<>\\s\\\\&]*)*)|([^"'\`<>\\s\\\\&;,(){}[\\]]{6,}))`,
  "y",
);
const element = /^(?:\s[^<>]{0,512})?>\s*([^<>\s]{6,})\s*<\//;
const nameCharacter = /[\w$.:-]/;
const schemes = /\b(?:bearer|basic|token|jwt)\s+([\w.~+/=:-]{8,})/gi;
const jwts = /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){1,3}/g;
/** What providers of keys begin them with, so that they are found in public. */
const marked =
  /\b(?:sk_live_|rk_live_|sk-|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|ya29\.|EAA|npm_|shpat_|hf_|AKIA|ASIA)[\w-]{12,}/g;
const tag = /<(?:meta|input|param|data|button)\s[^<>]{1,32768}>/gi;
const attribute = /([\w:.-]{1,64})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

/**
 * The secrets in a text of any kind: JSON (also in wrappers, lines, strings of JSON), HTML, scripts, forms, XML, headers. A value
 * is one by its name, by the name of what it is in, or by its shape.
 * @param signsIn whether the text came from a place where one signs in: there whatever nobody can guess is a secret.
 */
export function tokensIn(text: string, signsIn = false): FoundToken[] {
  const found = new Map<string, string>();
  const see = (name: string, given: string) => {
    const value = /cookie$/i.test(name) ? cookieValue(given) : given;
    if (value !== "" && value.length <= longestValue && !found.has(value)) found.set(value, name.slice(0, longestName));
  };
  const values = jsonIn(text);
  for (const value of values ?? []) new JsonWalk(see, signsIn).visit(value);
  if (!values) inText(text, see);
  if (!values && signsIn && isUnguessable(text.trim())) see("text", text.trim());
  byShape(text, see);
  return [...found].map(([value, name]) => ({ name, value }));
}

/** Of `sid=…; Path=/` the value alone; `""` of `"sid=" + value`, whose value a script adds. */
function cookieValue(text: string): string {
  const [, value] = /^[^=;\s]+=([^;]*)/.exec(text) ?? [];
  if (value === undefined) return text;
  if (/[^=]/.test(value)) return value;
  return isUnguessable(text) ? text : "";
}

function inText(text: string, see: See): void {
  inAssignments(text, see);
  if (text.includes("<")) inTags(text, see);
}

/** What says by itself that it is a token. */
function byShape(text: string, see: See): void {
  for (const [, value = ""] of text.matchAll(schemes)) if (isOpaque(value)) see("authorization", value);
  for (const [value] of text.matchAll(jwts)) see("JWT", value);
  for (const [value] of text.matchAll(marked)) if (isUnguessable(value)) see("key", value);
}

type See = (name: string, value: string) => void;

/** The JSON values that the text is made of; null where it is something else. */
function jsonIn(text: string): unknown[] | null {
  const bare = text.replace(/^\ufeff?\s*(?:\)\]\}'?,?|while\s*\(1\);|for\s*\(;;\);|\{\}&&|\/\*-secure-)\s*/, "").trim();
  const [, padded] = /^(?:\/\*\*\/)?\s*[\w$.[\]]{1,128}\s*\(([\s\S]*)\);?$/.exec(bare) ?? [];
  const whole = parsed(padded ?? bare);
  if (whole !== undefined) return [whole];
  if (bare.startsWith("<")) return null;
  const lines = bare
    .split(/\r?\n/)
    .map((line) => line.replace(/^data:\s*/, ""))
    .filter((line) => /^[{["]/.test(line));
  if (lines.length === 0) return null;
  const values: unknown[] = [];
  for (const line of lines) {
    const value = parsed(line);
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}

function parsed(text: string): unknown {
  if (!/^["[{]/.test(text)) return undefined;
  try {
    return parseJsonFast(text);
  } catch {
    return undefined;
  }
}

const describing =
  /(^|_)(type|expires?(_in|_at)?|issued(_at)?|scopes?|ttl|created(_at)?|updated(_at)?|id|uuid|guid|href|ur[li]|src|image|picture|avatar|etag|hash|version|at|date|e?mail|name|phone|locale|currency|kid|alg)$/;
/** A string within JSON that holds a query, a cookie, a header, HTML. */
const mayHoldMore = /[=<]|["'][:,]|[\w"]\s*:\s/;
const shortestMore = 12;
const namedBy = ["name", "key", "field", "header", "param", "k", "type", "id"];
const valued = ["value", "val", "v", "content", "data", "token"];

class JsonWalk {
  readonly #see: See;
  readonly #signsIn: boolean;

  constructor(see: See, signsIn: boolean) {
    this.#see = see;
    this.#signsIn = signsIn;
  }

  /** @param within the name of the nearest list or object that is named as a token, else "". */
  visit(value: unknown, name = "", within = "", depth = 0): void {
    if (typeof value === "string") this.#text(value, name, within, depth);
    else if (typeof value === "number") {
      if (isNamedSecret(name, String(value))) this.#see(name, String(value));
    } else if (typeof value !== "object" || value === null || depth >= deepest) return;
    else if (Array.isArray(value)) this.#list(value, name, within, depth);
    else this.#object(value as Record<string, unknown>, name, within, depth);
  }

  #text(text: string, name: string, within: string, depth: number): void {
    if (isNamedSecret(name, text)) return this.#see(name, text);
    if (/^\s*[[{]/.test(text) && depth < deepest) {
      const inner = parsed(text.trim());
      if (inner !== undefined) return this.visit(inner, name, within, depth + 1);
    }
    const isDescribing = describing.test(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase());
    const isWithin = within !== "" && !isDescribing;
    if (isWithin && (isUnguessable(text) || (valued.includes(name) && isOpaque(text)))) return this.#see(within, text);
    if (this.#signsIn && !isDescribing && isUnguessable(text)) return this.#see(name || "value", text);
    if (text.length > shortestMore && mayHoldMore.test(text)) inText(text, this.#see);
  }

  #list(list: readonly unknown[], name: string, within: string, depth: number): void {
    const inner = isTokenName(name) ? name : within;
    for (let at = 0; at < list.length; at++) {
      const before = list[at - 1];
      const called = typeof before === "string" && isTokenName(before) ? before : name;
      this.visit(list[at], called, inner, depth + 1);
    }
  }

  #object(object: Record<string, unknown>, name: string, within: string, depth: number): void {
    const inner = isTokenName(name) || /^(auth|session)/i.test(name) ? name : within;
    const called = namedBy.map((key) => object[key]).find((one) => typeof one === "string" && isTokenName(one));
    for (const [key, value] of Object.entries(object)) {
      if (inner !== "" && looksRandom(key)) this.#see(inner, key);
      const isValue = typeof called === "string" && valued.includes(key.toLowerCase());
      this.visit(value, isValue ? called : key, inner, depth + 1);
    }
  }
}

/** `name: "value"`, `name=value`, `"name", "value"`, `<name>value</name>`, whatever the quotes are escaped with. */
function inAssignments(text: string, see: See): void {
  let done = 0;
  for (const { index, 0: root } of text.matchAll(roots)) {
    if (index < done) continue;
    let start = index;
    while (start > 0 && index - start < longestName && nameCharacter.test(text[start - 1] as string)) start--;
    let end = index + root.length;
    while (end < text.length && end - index < longestName && /[\w$-]/.test(text[end] as string)) end++;
    done = end;
    const name = text.slice(start, end);
    if (text[start - 1] === "<") {
      const [, value] = element.exec(text.slice(end, end + longestValue)) ?? [];
      if (value !== undefined && isNamedSecret(name.replace(/^.*:/, ""), value)) see(name, value);
      continue;
    }
    assigned.lastIndex = end;
    const [, inQuotes, bare] = assigned.exec(text) ?? [];
    if (inQuotes !== undefined) {
      const value = unescaped(inQuotes);
      if (isNamedSecret(name, value)) see(name, value);
    } else if (bare !== undefined && isNamedSecret(name, decoded(bare)) && isOpaque(bare)) see(name, decoded(bare));
  }
}

/** `<meta name=csrf-token content=…>`, `<input name=… value=…>`, in any order. */
function inTags(text: string, see: See): void {
  for (const [whole] of text.matchAll(tag)) {
    const attributes = new Map<string, string>();
    for (const [, name = "", ...values] of whole.matchAll(attribute))
      attributes.set(name.toLowerCase(), unescaped(values.find((one) => one !== undefined) ?? ""));
    const value = attributes.get("content") ?? attributes.get("value") ?? "";
    const names = ["name", "property", "id", "itemprop", "http-equiv"].map((one) => attributes.get(one) ?? "");
    const named = names.find((name) => isNamedSecret(name, value));
    if (named !== undefined && value.length >= 6) see(named, value);
  }
}

const signs: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#34": '"' };

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_all, four, two) =>
      String.fromCharCode(Number.parseInt(four ?? two, 16)),
    )
    .replace(/\\(.)/g, "$1")
    .replace(/&(\w+|#\d+|#x[0-9a-f]+);/gi, (all, name: string) => {
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return signs[name] ?? (name.startsWith("#") && code < 0x110000 ? String.fromCodePoint(code) : all);
    });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The address of a place where one signs in, by the words of its path. */
export function isSignInPlace(address: string): boolean {
  const path = URL.parse(address)?.pathname ?? "";
  return /(^|[/_.-])(log-?in|log-?on|sign-?in|auth\w*|oauth2?|tokens?|sessions?|sso|saml2?|acs|mfa|otp|2fa|idp|identity|callback|refresh|openid\S*)([/_.-]|$)/i.test(
    path,
  );
}
