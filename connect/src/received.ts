import { PassageError } from "./errors.ts";

/** A webhook as a framework without standard `Request` hands it over, for example Express with a raw body. */
export interface ReceivedWebhook {
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came. A body that was parsed and serialised again has another hash. */
  body: string | Uint8Array;
}

/** What a signature has proved. */
export interface SignedBody {
  /** Unix seconds. */
  readonly signedAt: number;
  readonly body: Uint8Array<ArrayBuffer>;
}

const bodyLimitBytes = 1_048_576;

/**
 * The one value of a header that must be there once.
 *
 * @throws {PassageError} `invalid_signature` when it is missing or doubled
 */
export function onlyHeader(headers: ReceivedWebhook["headers"], name: string): string {
  const value = oneHeader(headers, name);
  // Headers and node:http join repeated headers with a comma, which none of these values contains.
  if (value.includes(",")) throw doubled(name);
  return value;
}

/** The same for a header whose value may contain commas. */
export function oneHeader(headers: ReceivedWebhook["headers"], name: string): string {
  const values = isHeaders(headers)
    ? [headers.get(name)]
    : Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() === name.toLowerCase() ? value : []));
  const [value, ...others] = values;
  if (!value) throw new PassageError("invalid_signature", `The webhook has no ${name} header`);
  if (others.length > 0) throw doubled(name);
  return value;
}

/**
 * The raw body, up to 1 MiB.
 *
 * @throws {PassageError} `payload_too_large`; `invalid_argument` when the body was read or parsed before
 */
export async function rawBody(request: Request | ReceivedWebhook): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = request;
  if (typeof body === "string") return capped(new TextEncoder().encode(body));
  if (ArrayBuffer.isView(body)) return capped(new Uint8Array(body));
  if ("bodyUsed" in request && request.bodyUsed) throw notRaw("was read before: verify first, then use the event");
  if (body === null) return new Uint8Array();
  if (typeof (body as ReadableStream | undefined)?.getReader === "function") return readCapped(body as ReadableStream);
  throw notRaw("is not raw: pass the text or bytes as they came, not a parsed object");
}

async function readCapped(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  let bytes = new Uint8Array();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (bytes.length + next.value.length > bodyLimitBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    const longer = new Uint8Array(bytes.length + next.value.length);
    longer.set(bytes);
    longer.set(next.value, bytes.length);
    bytes = longer;
  }
  return bytes;
}

function capped(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length > bodyLimitBytes) throw tooLarge();
  return bytes;
}

function isHeaders(headers: ReceivedWebhook["headers"]): headers is Headers {
  return typeof headers.get === "function";
}

function doubled(name: string): PassageError {
  return new PassageError("invalid_signature", `The webhook has more than one ${name} header`);
}

function tooLarge(): PassageError {
  return new PassageError("payload_too_large", "The webhook's body is over 1 MiB");
}

function notRaw(why: string): PassageError {
  return new PassageError("invalid_argument", `The webhook's body ${why}`);
}
