import { cutLater } from "../page-script/cut-later.ts";

/** The text of a body, or why it has none. */
export type BodyText =
  | { readonly kind: "text"; readonly text: string }
  /** Not text at all: a picture, an archive. */
  | { readonly kind: "binary" }
  /** Text that cannot be decoded without guessing. `why` completes "the body …". */
  | { readonly kind: "undecodable"; readonly why: string };

/**
 * Decodes a body by its byte order mark, the charset of its content type, the charset that an HTML or XML document names, and
 * else as UTF-8. Like a browser, it takes HTML and plain text that is none of these for windows-1252. It never replaces a
 * character: text that would need U+FFFD is `undecodable`.
 * @param contentType the header's whole value.
 */
export function bodyText(bytes: Uint8Array, contentType: string | null): BodyText {
  const type = mediaType(contentType);
  const named = markOf(bytes) ?? charsetOf(contentType) ?? charsetInDocument(bytes, type);
  if (named !== null) return decoded(bytes, named);
  const text = decode(bytes, "utf-8");
  const isPlain = isTextual(type) || type === "";
  if (text !== null && (isPlain || !hasBinaryBytes(bytes))) return { kind: "text", text };
  if (!isPlain || hasBinaryBytes(bytes)) return { kind: "binary" };
  if (type === "text/html" || type === "text/plain" || type === "text/csv") return decoded(bytes, "windows-1252");
  return { kind: "undecodable", why: "is not UTF-8, and its content type names no charset" };
}

function decoded(bytes: Uint8Array, charset: string): BodyText {
  const text = decode(bytes, charset);
  if (text !== null) return { kind: "text", text };
  return { kind: "undecodable", why: `is not text in its charset, ${cutLater(charset, 40)}` };
}

/** Without a byte order mark. Null where the bytes are not in the charset, or nobody knows the charset. */
function decode(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function mediaType(contentType: string | null): string {
  return (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

function isTextual(type: string): boolean {
  return /^text\/|[/+](json|xml)$|^application\/(javascript|ecmascript|x-www-form-urlencoded|graphql|x-ndjson)/.test(
    type,
  );
}

function markOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}

function charsetOf(contentType: string | null): string | null {
  const [, quoted, bare] = /;\s*charset\s*=\s*(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType ?? "") ?? [];
  return quoted ?? bare ?? null;
}

/** The charset in the first 1,024 bytes, where browsers look for it. UTF-16 cannot be named there and means UTF-8. */
function charsetInDocument(bytes: Uint8Array, type: string): string | null {
  if (!/html|xml/.test(type)) return null;
  const start = String.fromCharCode(...bytes.subarray(0, 1_024));
  const pattern = type.includes("html")
    ? /<meta[^>]+?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i
    : /^\s*<\?xml[^>]+?encoding\s*=\s*["']([^"']+)/i;
  const named = pattern.exec(start.replace(/<!--.*?-->/gs, ""))?.[1] ?? null;
  return named !== null && /^utf-?16/i.test(named) ? "utf-8" : named;
}

/** Control characters that no text holds, as the MIME Sniffing Standard lists them. */
function hasBinaryBytes(bytes: Uint8Array): boolean {
  return bytes.some(
    (byte) => byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f),
  );
}
