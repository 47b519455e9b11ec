import type { Secret } from "./secrets.ts";

/** What stands in an answer where a secret stood that the page itself carries. */
export const mask = "[masked]";

/** Puts a text through a change, wherever in a result the page's own text stands. */
export type InTexts = (result: unknown, change: (text: string) => string) => unknown;

/** Of the texts of a result in these fields, with all that is below them. */
export function textsIn(...fields: readonly string[]): InTexts {
  return (result, change) => {
    const told = { ...(result as Record<string, unknown>) };
    for (const field of fields) if (Object.hasOwn(told, field)) told[field] = deep(told[field], change);
    return told;
  };
}

/**
 * A change that puts a mask where one of the secrets stands, as it is or as JSON, HTML and addresses write it. What is written
 * in another way stays: look for the secrets again. Null when one of them may not be masked, because it was typed or can be
 * guessed: who writes guesses into a page would see by the masks which of them is right.
 */
export function masking(secrets: readonly Secret[]): ((text: string) => string) | null {
  const written = new Set<string>();
  for (const secret of secrets) {
    const value = secret.maskable();
    if (value === null) return null;
    for (const one of writings(value)) written.add(one);
  }
  // A longer secret may hold a shorter one.
  const pieces = [...written].sort((a, b) => b.length - a.length);
  return (text) => pieces.reduce((left, piece) => left.replaceAll(piece, /^\d+$/.test(piece) ? "0" : mask), text);
}

function writings(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const slashed = json.replaceAll("/", "\\/");
  const url = encodeURIComponent(value.toWellFormed());
  const html = value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  const units = value.replace(/[&<>'"+=/]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const upper = units.replace(/\\u[0-9a-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`);
  const entities = value.replace(/[&<>'"+=/]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const hexEntities = value.replace(/[&<>'"+=/]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`);
  const lowerUrl = url.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
  return [value, json, slashed, url, lowerUrl, html, units, upper, entities, hexEntities];
}

/** A JSON value with all of its texts changed. */
export function deep(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value === "number") return change(String(value)) === String(value) ? value : 0;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => deep(one, change));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [change(name), deep(one, change)]));
}
