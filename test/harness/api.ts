import type { Claimed } from "@passage/protocol/http/claim";
import type { CreatedLink, Link } from "@passage/protocol/http/link";
import type { Running } from "./passage-process.ts";

export const billRead = { integrationId: "tmobile", resource: "mobileBillingStatement", action: "read" };

/** What a request needs to know of a server. */
export type Server = Pick<Running, "url" | "testKey">;

export interface Answered<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** One request to the server, with its test key unless another one (or none) is given. */
export async function request<T = Record<string, unknown>>(
  passage: Server,
  method: string,
  path: string,
  body?: unknown,
  options: { key?: string | null; headers?: Record<string, string> } = {},
): Promise<Answered<T>> {
  const key = options.key === undefined ? passage.testKey : options.key;
  const response = await fetch(passage.url + path, {
    method,
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }), ...options.headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T, headers: response.headers };
}

export async function createLink(passage: Server, fields: object = {}): Promise<CreatedLink> {
  const operation = "operations" in fields ? {} : billRead;
  const { status, body } = await request<CreatedLink>(passage, "POST", "/v1/links", { ...operation, ...fields });
  if (status !== 201) throw new Error(`POST /v1/links answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export async function claim(passage: Server, code: string): Promise<Claimed> {
  const { status, body } = await request<Claimed>(passage, "POST", "/link/claim", { code }, { key: null });
  if (status !== 200) throw new Error(`POST /link/claim answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export async function getLink(passage: Server, id: string): Promise<Link> {
  const { status, body } = await request<Link>(passage, "GET", `/v1/links/${id}`);
  if (status !== 200) throw new Error(`GET /v1/links/${id} returned ${status}: ${JSON.stringify(body)}`);
  return body;
}
