import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

/** One way in which a site hands out, keeps or passes a token. */
export interface TokenShape {
  readonly name: string;
  readonly token: string;
  /** What the refusal must call it. */
  readonly stopped: RegExp;
  /** What the site answers at the shape's own path. */
  readonly answer: (response: ServerResponse) => void;
  /** The path begins with this: a place where one signs in, or not. */
  readonly path: string;
  /** What the page runs; `url` is the shape's own address. It may be a promise. */
  readonly script: string;
}

export const base64url = () => randomBytes(24).toString("base64url");
export const base64 = () => `${randomBytes(22).toString("base64").slice(0, 27)}/+${randomBytes(3).toString("hex")}=`;
export const hex = () => randomBytes(20).toString("hex");
export const digits = () =>
  Array.from(randomBytes(22), (byte) => String(byte % 9))
    .join("")
    .replace(/^0/, "7");
export const letters = () => Array.from(randomBytes(26), (byte) => "bcdfghjklmnpqrstvwxz"[byte % 20]).join("");
export const base32 = () =>
  Array.from(randomBytes(26), (byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32]).join("");
export const dotted = () => `v2.local.${randomBytes(9).toString("hex")}.${randomBytes(9).toString("base64url")}`;
export const colons = () => `1:${randomBytes(6).toString("hex")}:${randomBytes(6).toString("hex")}:u7`;
export const short = () => `k${randomBytes(4).toString("hex")}7`;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
export const jwt = () =>
  `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: hex() })}.${randomBytes(32).toString("base64url")}`;
export const uuid = () => hex().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");

const fetched = "fetch(url).then((answer) => answer.text())";
export const framed =
  "new Promise((done) => document.body.append(Object.assign(document.createElement('iframe'), { src: url, onload: done })))";

interface Row {
  readonly path?: string;
  readonly script?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
}

export function shape(
  name: string,
  make: () => string,
  stopped: RegExp,
  body: (token: string) => unknown,
  row: (token: string) => Row = () => ({}),
): TokenShape {
  const token = make();
  const { path = "/api/data", script = fetched, type, headers, status = 200 } = row(token);
  const told = body(token);
  const text = typeof told === "string" ? told : JSON.stringify(told);
  const contentType = type ?? (typeof told === "string" ? "text/plain" : "application/json");
  const answer = (response: ServerResponse) =>
    void response.writeHead(status, { "content-type": contentType, ...headers }).end(text);
  return { name, token, stopped, answer, path, script };
}

export const field = /response field/;
export const html = () => ({ type: "text/html", script: framed });
export const signIn = () => ({ path: "/oauth2/token" });
export const nothing = () => "ok";
