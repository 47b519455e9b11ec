import { giveName } from "@passage/automation/given-name";
import { nameOfRead, type Read, type Rules } from "@passage/automation/read";
import { type BodyTemplate, mostNewest, readDeclaration, type StoredHole } from "@passage/protocol/reads/declaration";
import { declaredName } from "@passage/protocol/reads/digest";
import type { Shape } from "@passage/protocol/reads/shape";
import * as z from "zod";
import { shapeOf } from "./compile.ts";

export { nameOfRead, type ParamsOf, type Read } from "@passage/automation/read";

type LiveUrl = `https://${string}`;
type Hole = { readonly $param: string };
type Fields = Readonly<Record<string, string | Hole>>;

interface Asked<Data extends z.ZodType, Params extends Rules> {
  /** What leaves the device, as a noun for people: "your bills: period and charges". */
  readonly what: string;
  /** Where the page must be: an address that its own begins with. */
  readonly on: LiveUrl;
  readonly params?: Params;
  readonly data: Data;
}

interface Request<Data extends z.ZodType, Params extends Rules> extends Asked<Data, Params> {
  /** The page must have made this call itself before; when it does not within the time, the read is made all the same. */
  readonly after?: { readonly get?: string; readonly post?: string; readonly withinMs: number };
  /** The path of a GET request, with `{param}` for whole segments. */
  readonly get?: string;
  /** The path of a POST request. */
  readonly post?: string;
  readonly query?: Fields;
  readonly headers?: Readonly<
    Record<
      string,
      | string
      | Hole
      | StoredHole
      | { readonly $held: { readonly read: string; readonly at: string }; readonly prefix?: string }
    >
  >;
  readonly json?: BodyTemplate;
  readonly form?: Fields;
  /** Which rows `page.read` may have the newest of: their place in the data, and the date or time within each. */
  readonly newest?: { readonly rows: string; readonly by: string };
}

/** A request that the page makes to its own origin. */
export function request<Data extends z.ZodType, const Params extends Rules = Record<never, never>>(
  given: Request<Data, Params>,
): Read<Data, Params> {
  const { data, ...asked } = given;
  return requested(data, shapeOf(data), asked);
}

function requested<Data extends z.ZodType, Params extends Rules>(
  data: Data,
  shape: Shape | null,
  given: Omit<Request<z.ZodType, Params>, "data">,
): Read<Data, Params> {
  const { what, on, after, get, post, params, ...parts } = given;
  return declared(what, data, params, {
    source: "request",
    what,
    on: placeOf(on),
    ...(after && {
      after: {
        method: after.post === undefined ? "GET" : "POST",
        path: after.post ?? after.get,
        withinMs: after.withinMs,
      },
    }),
    method: post === undefined ? "GET" : "POST",
    path: post ?? get,
    ...parts,
    ...(params && { params }),
    shape,
  });
}

/** A request of whose answer only the class of the status leaves the device. */
export function statusOf<const Params extends Rules = Record<never, never>>(
  given: Omit<Request<z.ZodType, Params>, "data">,
): Read<z.ZodNull, Params> {
  return requested(z.null(), null, given);
}

interface PageField {
  readonly css?: string;
  readonly attribute?: "datetime" | "value" | "href" | "content" | "aria-label";
  /** RE2 with one group: of the text, only that. */
  readonly pick?: string;
}

/** What stands in the page's elements; `rows`: one object of a list for each element that matches. */
export function elements<Data extends z.ZodType, const Params extends Rules = Record<never, never>>(
  given: Asked<Data, Params> & {
    /** `atLeast`: how many to wait for; `most`: how many leave, the first on the page. */
    readonly rows?: { readonly css: string; readonly atLeast?: number | Hole; readonly most?: Hole };
    readonly fields: Readonly<Record<string, PageField>>;
  },
): Read<Data, Params> {
  const { what, on, data, params, ...parts } = given;
  const shape = shapeOf(data);
  return declared(what, data, params, {
    source: "page",
    what,
    on: placeOf(on),
    ...parts,
    ...(params && { params }),
    shape,
  });
}

/** A hole of a path's query, a header or a body. */
export const param = (name: string): Hole => ({ $param: name });
/** A header's value that another read holds on the device: `heldBy("app", "token", "Bearer ")`. */
export const heldBy = (read: string, at: string, prefix = "") => ({ $held: { read, at }, ...(prefix && { prefix }) });
/**
 * A header's value that the site's script keeps in `localStorage` (or `session`: `sessionStorage`) of the read's origin. It is
 * read on the device for this request, and is a secret there. `at` leads to the text within JSON:
 * `stored("auth", { at: ["user", "access_token"], prefix: "Bearer " })`. Where nothing is stored, the request goes without the
 * header; a site that wants it refuses, and `page.read` gives the status `refused`.
 */
export const stored = (
  key: string,
  {
    area = "local",
    at,
    prefix,
  }: { readonly area?: "local" | "session"; readonly at?: string[]; readonly prefix?: string } = {},
): StoredHole => ({ $stored: { area, key, ...(at && { at }) }, ...(prefix && { prefix }) });
/** One of these. */
export const oneOf = <const Of extends readonly [string, ...string[]]>(...of: Of) => ({
  of: of as unknown as Of[number][],
});
export const between = (min: number, max: number) => ({ integer: [min, max] as [number, number] });
/** An argument of the operation, as the person agreed to it. */
export const argument = (path: string) => ({ argument: path });
/** A value that the device has sent at that place of that read: `seen("orders", "data.orderUuids[]")`. */
export const seen = (read: string, at: string, { orEmpty }: { readonly orEmpty?: true } = {}) => ({
  seen: { read, at },
  ...(orEmpty && { orEmpty }),
});
/** The value that the device last held at that place of that read. */
export const lastHeld = (read: string, at: string, { orEmpty }: { readonly orEmpty?: true } = {}) => ({
  held: { read, at },
  ...(orEmpty && { orEmpty }),
});

/** The reads of an operation by name. */
export function reads<const Named extends Readonly<Record<string, Read>>>(named: Named): Named {
  for (const [name, read] of Object.entries(named)) giveName(read, declaredName(name, read.declaration));
  return named;
}

/**
 * The read with only so many of its rows, the newest: all others stay on the device. Rows of the same time count as one.
 * Without a limit, all of them.
 */
export function newest<Asked extends Read>(read: Asked, limit: number | undefined): Asked {
  if (limit === undefined || limit > mostNewest) return read;
  const limited = { ...read, newest: limit };
  giveName(limited, nameOfRead(read));
  return limited;
}

function declared<Data extends z.ZodType, Params extends Rules>(
  what: string,
  data: Data,
  params: Params | undefined,
  declaration: unknown,
): Read<Data, Params> {
  const parsed = readDeclaration.safeParse(declaration);
  if (!parsed.success) throw new Error(`The read of ${what} cannot be declared so. ${z.prettifyError(parsed.error)}`);
  return { what, data, declaration: parsed.data, params: params ?? ({} as Params) };
}

function placeOf(on: LiveUrl): { origin: string; path: string } {
  const { origin, pathname } = new URL(on);
  return { origin, path: pathname };
}
