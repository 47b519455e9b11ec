import type { Tokens } from "../template.ts";

export const csrf = (tokens: Tokens) => tokens.base64url(48);
export const aspNet = (tokens: Tokens) => `CfDJ8${tokens.base64url(110)}`;
export const phoenix = (tokens: Tokens) => `SFMyNTY.${tokens.base64url(90)}.${tokens.base64url(32)}`;
export const flask = (tokens: Tokens) => `${tokens.base64url(46)}.${tokens.base64url(4)}.${tokens.base64url(20)}`;
export const digitsOf = (tokens: Tokens) => BigInt(`0x${tokens.hex(8)}`).toString();
export const uuid = (tokens: Tokens) => tokens.hex().replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
