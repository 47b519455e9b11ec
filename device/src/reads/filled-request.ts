import { PassageError } from "@passage/protocol/errors";
import type { BodyTemplate, RequestRead } from "@passage/protocol/reads/declaration";
import type { ParamValue, ReadMemory } from "./read-memory.ts";

/** A request of a read, encoded by the device: what a parameter holds cannot become anything but its value. */
export interface FilledRequest {
  readonly method: "GET" | "POST";
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Params = Readonly<Record<string, ParamValue>>;

/**
 * The declared request with its holes filled.
 * @throws `invalid_params` for a parameter that is not declared, or a value that its rule does not allow.
 */
export function fillRequest(read: RequestRead, given: Params, memory: ReadMemory): FilledRequest {
  const values = fillParams(read.params ?? {}, given, memory);
  const { query, form, json, method } = read;
  const path = read.path.replace(/\{(\w+)\}/g, (_, name: string) => segment(values.get(name) ?? ""));
  const search = query ? `?${encoded(query, values)}` : "";
  const body = form ? encoded(form, values) : json === undefined ? undefined : JSON.stringify(filled(json, values));
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  const headers = headersOf(read, values, memory);
  return {
    method,
    path: path + search,
    headers: body === undefined ? headers : { "content-type": type, ...headers },
    ...(body !== undefined && { body }),
  };
}

/** The texts that the parameters stand for. */
export function fillParams(
  rules: NonNullable<RequestRead["params"]>,
  given: Params,
  memory: ReadMemory,
): ReadonlyMap<string, string> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(rules, name));
  if (unknown !== undefined)
    throw new PassageError("invalid_params", "params has one that the manifest does not declare");
  return new Map(
    Object.entries(rules).map(([name, rule]) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      return [name, memory.param(name, rule, value)] as const;
    }),
  );
}

/** A whole segment of a path: it can neither end it nor climb. */
function segment(value: string): string {
  const text = value.toWellFormed();
  if (/^\.{0,2}$/.test(text)) throw new PassageError("invalid_params", "params has one that is no segment of a path");
  return encodeURIComponent(text);
}

function encoded(fields: NonNullable<RequestRead["form"]>, values: ReadonlyMap<string, string>): string {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === "string" ? value : (values.get(value.$param) ?? ""),
  ]);
  return new URLSearchParams(entries as [string, string][]).toString();
}

function filled(template: BodyTemplate, values: ReadonlyMap<string, string>): unknown {
  if (typeof template !== "object" || template === null) return template;
  if (Array.isArray(template)) return template.map((one) => filled(one, values));
  if (isHole(template)) return values.get(template.$param) ?? "";
  return Object.fromEntries(Object.entries(template).map(([key, inner]) => [key, filled(inner, values)]));
}

function isHole(template: object): template is { readonly $param: string } {
  return Object.hasOwn(template, "$param");
}

function headersOf(
  { headers = {} }: RequestRead,
  values: ReadonlyMap<string, string>,
  memory: ReadMemory,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, header]) => {
      // What the site has stored is read when the request is made.
      if (typeof header === "object" && "$stored" in header) return [];
      if (typeof header === "string") return [[name, header]];
      const text = "$param" in header ? values.get(header.$param) : memory.held(header.$held);
      if (text === undefined)
        throw new PassageError("invalid_params", `The header ${name} needs a value that no read has held yet`);
      return [[name, headerValue(name, "prefix" in header ? header.prefix + text : text)]];
    }),
  );
}

/** @throws `invalid_params`: a header's value cannot hold a line break, and a browser would throw with the value in its words. */
export function headerValue(name: string, text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  throw new PassageError("invalid_params", `The header ${name} would have a character that no header can have`);
}
