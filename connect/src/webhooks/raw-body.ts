import { PassageError } from "../errors.ts";

/** A webhook as a framework without standard `Request` hands it over, for example Express with a raw body. */
export interface ReceivedWebhook {
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came. A body that was parsed and serialised again has another hash. */
  body: string | Uint8Array;
}

/** A request as `node:http` and Express hand it over, with a body that nothing has read yet. */
export interface NodeRequest extends AsyncIterable<unknown> {
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body?: unknown;
  readableDidRead?: boolean;
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
export async function rawBody(request: Request | NodeRequest | ReceivedWebhook): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = request;
  if (typeof body === "string") return capped(new TextEncoder().encode(body));
  if (ArrayBuffer.isView(body)) return capped(new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice());
  if ("bodyUsed" in request && request.bodyUsed) throw notRaw(wasRead);
  if (body === null) return new Uint8Array();
  if (typeof (body as ReadableStream | undefined)?.getReader === "function")
    return joined(chunksOf(body as ReadableStream<Uint8Array>));
  if (body === undefined && Symbol.asyncIterator in request) {
    if (request.readableDidRead) throw notRaw(wasRead);
    return joined(request);
  }
  throw notRaw(
    body === undefined
      ? "is missing: pass { headers, body } with the bytes as they came"
      : "is not raw: pass the text or bytes as they came, not a parsed object",
  );
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

/** Bytes are joined before anything is decoded: a character may stand on both sides of a chunk's end. */
async function joined(chunks: AsyncIterable<unknown>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    // A request with setEncoding() has decoded its bytes already; what came is lost where they were not text.
    if (!ArrayBuffer.isView(chunk)) throw notRaw("came as decoded text: leave out setEncoding()");
    length += chunk.byteLength;
    if (length > bodyLimitBytes) throw tooLarge();
    parts.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const wasRead = "was read before: verify first, then use the event";

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
