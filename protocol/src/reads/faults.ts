import type { BodyTemplate, ReadDeclaration } from "./declaration.ts";
import { canBeAskedWith, leafPlaces } from "./place.ts";
import type { Shape } from "./shape.ts";

type Reads = Readonly<Record<string, ReadDeclaration>>;

/**
 * What is wrong with the reads of one manifest as a whole, or null: holes and parameters belong together, a place that a
 * parameter names is a leaf of that read, and nothing free is read where people sign in.
 */
export function readsFault(reads: Reads, signIn: readonly string[]): string | null {
  for (const [name, read] of Object.entries(reads)) {
    const fault =
      holesFault(read) ??
      sourcesFault(read, reads) ??
      signInFault(read, signIn) ??
      newestFault(read) ??
      pageFault(read);
    if (fault !== null) return `reads.${name}: ${fault}`;
  }
  return null;
}

function holesFault(read: ReadDeclaration): string | null {
  if (read.source === "request" && read.json !== undefined && read.form !== undefined)
    return "has json and form; a body is one of them";
  if (read.source === "request" && read.method === "GET" && (read.json !== undefined || read.form !== undefined))
    return "is a GET request, which has no body";
  const used = holesOf(read);
  const declared = Object.keys(read.params ?? {});
  const missing = used.find((name) => !declared.includes(name));
  if (missing !== undefined) return `uses the parameter ${missing}, which it does not declare`;
  const unused = declared.find((name) => !used.includes(name));
  return unused === undefined ? null : `declares the parameter ${unused}, which it does not use`;
}

/** The names of the parameters that stand in the declaration. */
function holesOf(read: ReadDeclaration): string[] {
  if (read.source === "page") {
    const { atLeast, most } = read.rows ?? {};
    return [atLeast, most].flatMap((hole) => (typeof hole === "object" ? [hole.$param] : []));
  }
  const inPath = [...read.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const { query, headers, form, json } = read;
  return [
    ...inPath,
    ...[query ?? {}, headers ?? {}, form ?? {}, json ?? {}].flatMap((part) => holesIn(part as BodyTemplate)),
  ];
}

function holesIn(template: BodyTemplate): string[] {
  if (typeof template !== "object" || template === null) return [];
  if ("$param" in template) return [String(template.$param)];
  return Object.values(template as Record<string, BodyTemplate>).flatMap(holesIn);
}

function sourcesFault(read: ReadDeclaration, reads: Reads): string | null {
  const params = Object.values(read.params ?? {});
  const headers = read.source === "request" ? Object.values(read.headers ?? {}) : [];
  const sources = [
    ...params.flatMap((rule) => ("seen" in rule ? [{ ...rule.seen, as: "seen" as const }] : [])),
    ...params.flatMap((rule) => ("held" in rule ? [{ ...rule.held, as: "held" as const }] : [])),
    ...headers.flatMap((one) =>
      typeof one === "object" && "$held" in one ? [{ ...one.$held, as: "held" as const }] : [],
    ),
  ];
  for (const { read: name, at, as } of sources) {
    const from = Object.hasOwn(reads, name) ? reads[name] : undefined;
    if (!from) return `names the read ${name}, which is not declared`;
    if (from.shape === null || !canBeAskedWith(leafPlaces(from.shape).get(at), as))
      return `names ${name}:${at}, which is no leaf ${as === "held" ? "that is held" : "that leaves the device"}`;
    if (as === "held" && from.on.origin !== read.on.origin) return `would take what ${name} holds to another origin`;
  }
  return null;
}

function signInFault({ on, shape }: ReadDeclaration, signIn: readonly string[]): string | null {
  if (shape === null || !signIn.includes(on.origin)) return null;
  const free = [...leafPlaces(shape)].find(([, leaves]) => leaves.some(({ leaf }) => leaf === "id" || leaf === "text"));
  return free ? `has a free leaf (${free[0]}) on ${on.origin}, where people sign in` : null;
}

function newestFault(read: ReadDeclaration): string | null {
  if (read.source === "page" || !read.newest) return null;
  const { rows, by } = read.newest;
  const leaves = read.shape === null ? [] : (leafPlaces(read.shape).get(`${rows}.${by}`) ?? []);
  const isRows = rows.endsWith("[]") || rows.endsWith("*");
  const isTime = leaves.length > 0 && leaves.every(({ leaf }) => leaf === "date" || leaf === "time");
  return isRows && isTime ? null : `has the newest of ${rows} by ${by}, which is no date or time of a list's rows`;
}

function pageFault(read: ReadDeclaration): string | null {
  if (read.source !== "page") return null;
  const one: Shape | null = read.rows ? ("items" in read.shape ? read.shape.items : null) : read.shape;
  const row = one && "orNull" in one ? one.orNull : one;
  if (!row || !("properties" in row)) return `needs a ${read.rows ? "list of objects" : "an object"} as its shape`;
  const names = Object.keys(read.fields).sort().join(", ");
  return names === Object.keys(row.properties).sort().join(", ")
    ? null
    : `has the fields ${names}, and a shape with others`;
}
