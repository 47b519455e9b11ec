/** The ways in which a leak may be written, each as a function of a text and a source of choices from 0 to 1. */
export type Encoder = (text: string, choose: () => number) => string;

const bytesOf = (text: string) => [...Buffer.from(text, "utf8")];
const hexOf = (byte: number, choose: () => number) => {
  const digits = byte.toString(16).padStart(2, "0");
  return choose() < 0.5 ? digits : digits.toUpperCase();
};
const each = (text: string, write: (unit: string) => string) => text.split("").map(write).join("");
const unit = (one: string) => one.charCodeAt(0).toString(16).padStart(4, "0");
/** Letters and digits moved to where Unicode has them again. */
const moved = (capital: number, small: number, digit: number) => (text: string) =>
  text.replace(/[A-Za-z0-9]/g, (one) => {
    const from = /[A-Z]/.test(one) ? capital - 65 : /[a-z]/.test(one) ? small - 97 : digit - 48;
    return String.fromCodePoint(one.charCodeAt(0) + from);
  });
const between = (separator: string) => (text: string) => [...text].join(separator);

export const encoders: Readonly<Record<string, Encoder>> = {
  plain: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1),
  "json \\u": (text, choose) => each(text, (one) => `\\u${choose() < 0.5 ? unit(one) : unit(one).toUpperCase()}`),
  "json \\u in part": (text, choose) =>
    each(text, (one) => (choose() < 0.5 ? `\\u${unit(one)}` : JSON.stringify(one).slice(1, -1))),
  "html decimal": (text) => [...text].map((one) => `&#${one.codePointAt(0)};`).join(""),
  "html hex": (text) => [...text].map((one) => `&#x${(one.codePointAt(0) ?? 0).toString(16)};`).join(""),
  "html names": (text) =>
    text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;"),
  url: (text) => encodeURIComponent(text.toWellFormed()),
  form: (text) => encodeURIComponent(text.toWellFormed()).replace(/%20/g, "+"),
  "url in full": (text, choose) =>
    bytesOf(text)
      .map((byte) => `%${hexOf(byte, choose)}`)
      .join(""),
  "url in part": (text, choose) =>
    [...text]
      .map((one) =>
        choose() < 0.5
          ? bytesOf(one)
              .map((byte) => `%${hexOf(byte, choose)}`)
              .join("")
          : encodeURIComponent(one.toWellFormed()),
      )
      .join(""),
  base64: (text) => Buffer.from(text).toString("base64"),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  "base64, one on": (text) => Buffer.from(`x${text}`).toString("base64"),
  "base64, two on": (text) => Buffer.from(`x:${text}`).toString("base64"),
  "base64 in lines": (text) =>
    Buffer.from(`${"-".repeat(40)}${text}`)
      .toString("base64")
      .replace(/.{60}/g, "$&\r\n"),
  hex: (text) => Buffer.from(text).toString("hex"),
  HEX: (text) => Buffer.from(text).toString("hex").toUpperCase(),
  "hex with colons": (text) =>
    bytesOf(text)
      .map((byte) => hexOf(byte, () => 0))
      .join(":"),
  "hex with 0x": (text) =>
    bytesOf(text)
      .map((byte) => `0x${hexOf(byte, () => 0)}`)
      .join(", "),
  reversed: (text) => [...text].reverse().join(""),
  "upper case": (text) => text.toUpperCase(),
  "lower case": (text) => text.toLowerCase(),
  "utf-16": between("\0"),
  spaces: between(" "),
  dashes: between("-"),
  "zero width": between("\u200b"),
  "wide letters": moved(0xff21, 0xff41, 0xff10),
  "bold letters": moved(0x1d400, 0x1d41a, 0x1d7ce),
  "with marks": (text) => text.replace(/[A-Za-z]/g, "$&\u0301"),
  NFC: (text) => text.replace(/[aeiouAEIOU]/g, "$&\u0301").normalize("NFC"),
  "no-break spaces": between("\u00a0"),
};
