import type { PageRequest } from "../../device/src/page-script/page-request.ts";

// biome-ignore lint/suspicious/noExplicitAny: declarations are read as JSON, by their keys alone
type Json = any;

/** What stands in the holes of a request that a read declares. */
export interface Filled {
  readonly params: ReadonlyMap<string, string>;
  /** What the headers give back, by the place that held it. */
  readonly held: readonly { readonly place: string; readonly value: string }[];
  /** What the headers have of the site's storage, by its area and key. */
  readonly stored: readonly { readonly place: string; readonly value: string }[];
}

/** The holes of the request if it is the one that the read declares, in every part of it; otherwise null. */
export function filledOf(read: Json, { url, method, headers, body, redirect }: PageRequest): Filled | null {
  const params = new Map<string, string>();
  const held: { place: string; value: string }[] = [];
  const stored: { place: string; value: string }[] = [];
  /** One parameter has one value wherever it stands. */
  const fill = (name: string, value: string): boolean => {
    const known = params.get(name);
    params.set(name, value);
    return known === undefined || known === value;
  };
  const header = (declared: Json, sent: string): boolean => {
    if (typeof declared === "string") return sent === declared;
    if (declared.$param) return fill(declared.$param, sent);
    const { $held, $stored, prefix = "" } = declared;
    if ($stored) {
      stored.push({ place: `${$stored.area}:${$stored.key}`, value: sent.slice(prefix.length) });
      return sent.startsWith(prefix);
    }
    held.push({ place: `${$held.read}:${$held.at}`, value: sent.slice(prefix.length) });
    return sent.startsWith(prefix);
  };
  const [path = "", search] = url.slice(read.on.origin.length).split("?");
  const fits =
    url.startsWith(`${read.on.origin}/`) &&
    method === read.method &&
    redirect === "error" &&
    isPath(read.path, path, fill) &&
    (read.query ? search !== undefined && isForm(read.query, search, fill) : search === undefined) &&
    isHeaders(read, headers, header) &&
    isBody(read, body, fill);
  return fits ? { params, held, stored } : null;
}

/** The places of the site's storage that the read's headers declare. */
export function storedPlaces(read: Json): string[] {
  return Object.values<Json>(read.headers ?? {}).flatMap(({ $stored }) =>
    $stored ? [`${$stored.area}:${$stored.key}`] : [],
  );
}

type Fill = (name: string, value: string) => boolean;

function isPath(template: string, path: string, fill: Fill): boolean {
  const declared = template.split("/");
  const segments = path.split("/");
  return (
    declared.length === segments.length &&
    declared.every((one, index) => {
      const segment = segments[index] ?? "";
      if (!one.startsWith("{")) return segment === one;
      // As it goes over the wire: nothing in it ends the segment, or climbs.
      const isWhole = /^([A-Za-z0-9._~!*'()-]|%[0-9A-F]{2})+$/.test(segment) && !/^\.{1,2}$/.test(segment);
      return isWhole && fill(one.slice(1, -1), decodeURIComponent(segment));
    })
  );
}

function isForm(template: Json, text: string, fill: Fill): boolean {
  const sent = [...new URLSearchParams(text)];
  const declared = Object.entries<Json>(template);
  return (
    sent.length === declared.length &&
    declared.every(([name, value], index) => {
      const [sentName, sentValue = ""] = sent[index] ?? [];
      return sentName === name && (typeof value === "string" ? sentValue === value : fill(value.$param, sentValue));
    })
  );
}

function isHeaders(
  read: Json,
  headers: Readonly<Record<string, string>>,
  fits: (declared: Json, sent: string) => boolean,
) {
  const type = read.form ? "application/x-www-form-urlencoded" : read.json === undefined ? null : "application/json";
  const declared: Record<string, Json> = { ...(type && { "content-type": type }), ...read.headers };
  const isAbsent = (name: string) => declared[name]?.$stored !== undefined && !Object.hasOwn(headers, name);
  const awaited = Object.keys(declared).filter((name) => !isAbsent(name));
  return (
    Object.keys(headers).sort().join() === awaited.sort().join() &&
    Object.entries(headers).every(([name, sent]) => /^[\x20-\x7e]*$/.test(sent) && fits(declared[name], sent))
  );
}

function isBody(read: Json, body: string | undefined, fill: Fill): boolean {
  if (read.form) return body !== undefined && isForm(read.form, body, fill);
  if (read.json === undefined) return body === undefined;
  return body !== undefined && isJson(read.json, JSON.parse(body), fill);
}

function isJson(template: Json, sent: Json, fill: Fill): boolean {
  if (typeof template !== "object" || template === null) return template === sent;
  if (Array.isArray(template))
    return (
      Array.isArray(sent) && sent.length === template.length && template.every((one, at) => isJson(one, sent[at], fill))
    );
  if (Object.hasOwn(template, "$param")) return typeof sent === "string" && fill(template.$param, sent);
  return (
    typeof sent === "object" &&
    sent !== null &&
    Object.keys(sent).sort().join() === Object.keys(template).sort().join() &&
    Object.entries(template).every(([key, inner]) => isJson(inner, sent[key], fill))
  );
}
