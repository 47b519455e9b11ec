import { describe, expect, test } from "vitest";
import { bodyText } from "./body-text.ts";

const latin = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const utf8 = (text: string) => new TextEncoder().encode(text);
const shiftJis = Uint8Array.of(0x90, 0xbf, 0x8b, 0x81);
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe("a body's text", () => {
  test.each<[string, Uint8Array, string | null, string]>([
    ["UTF-8 by default", utf8("José"), null, "José"],
    ["the charset of the header", latin("José \x80"), "application/json; charset=ISO-8859-1", "José €"],
    ["a quoted charset", shiftJis, 'text/plain; a=b; Charset="Shift_JIS"', "請求"],
    ["seven bits that are not ASCII", latin("\x1b$B@A5a\x1b(B"), "text/html; charset=iso-2022-jp", "請求"],
    ["a byte order mark, before the header", utf8("\ufeffé"), "text/plain; charset=latin1", "é"],
    ["UTF-16", new Uint8Array(Buffer.from("\ufeffé", "utf16le")), "application/json", "é"],
    ["a meta element", joined(utf8("<meta charset=shift_jis>"), shiftJis), "text/html", "<meta charset=shift_jis>請求"],
    [
      "a meta element, not one in a comment",
      joined(utf8("<!-- <meta charset=koi8-r> -->"), latin("é")),
      "text/html",
      "<!-- <meta charset=koi8-r> -->é",
    ],
    [
      "an XML declaration",
      latin('<?xml version="1.0" encoding="ISO-8859-1"?>é'),
      "application/xml",
      '<?xml version="1.0" encoding="ISO-8859-1"?>é',
    ],
    ["HTML that says nothing: windows-1252", latin("José \x80"), "text/html", "José €"],
    ["U+FFFD that the site has sent", utf8("a\ufffdb"), "text/plain", "a\ufffdb"],
    ["text of a type that is none", utf8("hello"), "application/octet-stream", "hello"],
    ["nothing", utf8(""), "image/png", ""],
  ])("%s", (_title, bytes, contentType, text) => {
    expect(bodyText(bytes, contentType)).toEqual({ kind: "text", text });
  });

  test.each<[string, Uint8Array, string | null, string]>([
    ["a picture", Uint8Array.of(137, 80, 78, 71, 0, 255), "image/png", "binary"],
    ["UTF-8 by chance", Uint8Array.of(1, 2, 3), "application/x-protobuf", "binary"],
    ["binary that is called plain text", Uint8Array.of(0, 1, 0xff), "text/plain", "binary"],
    ["JSON that is not UTF-8", latin('"José"'), "application/json", "undecodable"],
    ["what is not in its charset", latin("José"), "text/html; charset=utf-8", "undecodable"],
    ["a charset that nobody knows", utf8("x"), "text/html; charset=klingon", "undecodable"],
  ])("none: %s", (_title, bytes, contentType, kind) => {
    expect(bodyText(bytes, contentType).kind).toBe(kind);
  });
});
