import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { maxJsonDepth } from "@passage/protocol/http/fields";
import { describe, expect, test } from "vitest";
import { billRead, createLink, request } from "../../../test/harness/api.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
interface Refusal {
  code: string;
  issues?: { path: string; message: string }[];
}

const bill = JSON.stringify(billRead).slice(1, -1);
const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${passage.url}/v1/links`, {
    method: "POST",
    headers: { authorization: `Bearer ${passage.testKey}`, "content-type": "application/json", ...headers },
    body,
  });

/** One object within another, this many times. */
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("[N17] text that JSON.parse would change or lose is refused with its place", () => {
  const half = "\\ud83d";
  test.each<[name: string, body: string, path: string, message: RegExp]>([
    ["half a character in externalUserId", `{${bill},"externalUserId":"user-${half}"}`, "externalUserId", /surrogate/],
    ["the other half", `{${bill},"externalUserId":"\\ude00"}`, "externalUserId", /surrogate/],
    ["half a character in metadata", `{${bill},"metadata":{"a":["","${half}"]}}`, "metadata.a.1", /surrogate/],
    ["half a character in a key", `{${bill},"metadata":{"${half}":1}}`, "metadata.\ufffd", /surrogate/],
    ["half a character in arguments", `{${bill},"arguments":{"${half}":1}}`, "arguments.\ufffd", /surrogate/],
    ["a field twice", `{${bill},"debug":true,"debug":false}`, "debug", /given twice/],
    ["a field twice, spelled with escapes", `{${bill},"debug":true,"d\\u0065bug":false}`, "debug", /given twice/],
    ["a field twice within", `{${bill},"metadata":{"a":[{"b":1,"b":2}]}}`, "metadata.a.0.b", /given twice/],
  ])("%s", async (_name, body, path, message) => {
    const { status, body: answer } = await request<Refusal>(passage, "POST", "/v1/links", body);
    expect({ status, code: answer.code }).toEqual({ status: 400, code: "validation_failed" });
    expect(answer.issues).toContainEqual({ path, message: expect.stringMatching(message) });
  });

  test("a whole character is kept, and the link is found by it", async () => {
    const externalUserId = "user-\u{1f600}\u0000\u202e\u00e9e\u0301";
    const { linkId } = await createLink(passage, { externalUserId });
    const path = `/v1/links?externalUserId=${encodeURIComponent(externalUserId)}`;
    const { body } = await request<{ links: { id: string; externalUserId: string }[] }>(passage, "GET", path);
    expect(body.links.map((link) => [link.id, link.externalUserId])).toEqual([[linkId, externalUserId]]);
  });

  test("brackets, commas and quotes within text are text", async () => {
    const metadata = { 'a"]}{[,:\\': ['"', "}{", "\\", "a,b", '\\\\"'], b: { a: 1 }, c: { a: 1 } };
    const { linkId } = await createLink(passage, { metadata });
    expect((await request(passage, "GET", `/v1/links/${linkId}`)).body.metadata).toEqual(metadata);
  });
});

describe("[N17] nesting", () => {
  test.each([
    ["metadata nested 4,000 deep", `{${bill},"metadata":${nested(4_000)}}`, /metadata\.a\.a/],
    ["arrays 30,000 deep", "[".repeat(30_000) + "]".repeat(30_000), /^0\.0\.0/],
    ["one level too many", `{${bill},"metadata":${nested(maxJsonDepth)}}`, /metadata/],
  ])("%s is refused", async (_name, body, path) => {
    const { status, body: answer } = await request<Refusal>(passage, "POST", "/v1/links", body);
    expect({ status, code: answer.code }).toEqual({ status: 400, code: "validation_failed" });
    expect(answer.issues?.[0]?.path).toMatch(path);
    expect(answer.issues?.[0]?.message).toBe(`is nested too deeply: at most ${maxJsonDepth} levels`);
  });

  test("as deep as allowed is kept", async () => {
    const metadata = JSON.parse(nested(maxJsonDepth - 1));
    const { linkId } = await createLink(passage, { metadata });
    expect((await request(passage, "GET", `/v1/links/${linkId}`)).body.metadata).toEqual(metadata);
  });
});

describe("[N17] a body that is not JSON in UTF-8", () => {
  const bytes = (...values: number[]) => new Uint8Array(values);
  const utf16 = new Uint8Array([...`{${bill}}`].flatMap((character) => [character.charCodeAt(0), 0]));
  test.each<
    [
      name: string,
      body: string | Uint8Array<ArrayBuffer>,
      headers: Record<string, string>,
      status: number,
      code: string,
    ]
  >([
    ["invalid UTF-8", bytes(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), {}, 400, "malformed_json"],
    ["a surrogate in UTF-8", bytes(0x22, 0xed, 0xa0, 0xbd, 0x22), {}, 400, "malformed_json"],
    ["UTF-16", utf16, {}, 400, "malformed_json"],
    ["a byte order mark", `\ufeff{${bill}}`, {}, 400, "malformed_json"],
    ["a byte order mark alone", "\ufeff", {}, 400, "malformed_json"],
    ["white space alone", " ", {}, 400, "malformed_json"],
    ["two values", `{${bill}}{}`, {}, 400, "malformed_json"],
    ["a comma too many", `{${bill},}`, {}, 400, "malformed_json"],
    ["NaN", `{${bill},"expiresIn":NaN}`, {}, 400, "malformed_json"],
    ["a number too large", `{${bill},"expiresIn":1e999}`, {}, 400, "validation_failed"],
    ["a list", "[]", {}, 400, "validation_failed"],
    ["null", "null", {}, 400, "validation_failed"],
    ["a text", '"{}"', {}, 400, "validation_failed"],
    [
      "a form",
      "integrationId=tmobile",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "unsupported_media_type",
    ],
    ["JSON as plain text", `{${bill}}`, { "content-type": "text/plain" }, 415, "unsupported_media_type"],
    [
      "JSON as something that only begins so",
      `{${bill}}`,
      { "content-type": "application/jsonx" },
      415,
      "unsupported_media_type",
    ],
    ["65 KiB", `{${bill},"metadata":{"a":"${"x".repeat(66_000)}"}}`, {}, 413, "payload_too_large"],
  ])("%s", async (_name, body, headers, status, code) => {
    const response = await post(body, headers);
    expect({ status: response.status, code: ((await response.json()) as Refusal).code }).toEqual({ status, code });
  });

  test.each(["application/json;charset=utf-8", "Application/JSON", "application/problem+json"])(
    "%s is JSON",
    async (type) => {
      expect((await post(`{${bill}}`, { "content-type": type })).status).toBe(201);
    },
  );
});

/** One exchange as it stands: what no HTTP client would send. */
async function exchange(lines: readonly string[]): Promise<{ status: number; body: string }> {
  const socket = connect(passage.port, "127.0.0.1");
  const key = `Authorization: Bearer ${passage.testKey}`;
  socket.write([...lines, key, "Connection: close", "", ""].join("\r\n"));
  const answer = await text(socket);
  return { status: Number(answer.split(" ")[1]), body: answer.slice(answer.indexOf("\r\n\r\n") + 4) };
}

describe("[N17] odd HTTP is the sender's fault", () => {
  const get = (path: string, ...headers: string[]) => [`GET ${path} HTTP/1.1`, "Host: localhost", ...headers];
  test.each<[name: string, lines: string[], status: number, code?: string]>([
    ["two Host headers", ["GET /v1/links HTTP/1.1", "Host: a", "Host: b"], 400, "malformed_request"],
    [
      "two Host headers on a public page",
      ["GET /claim?code=x HTTP/1.1", "Host: a", "Host: b"],
      400,
      "malformed_request",
    ],
    ["a Host that is none", ["GET /v1/links HTTP/1.1", "Host: a b/c?d@e"], 400, "malformed_request"],
    ["half an IPv6 host", ["GET /v1/links HTTP/1.1", "Host: [::1"], 400, "malformed_request"],
    ["a Host that is badly encoded", ["GET /v1/links HTTP/1.1", "Host: %zz"], 400, "malformed_request"],
    ["no Host", ["GET /v1/links HTTP/1.1"], 400],
    ["OPTIONS *", ["OPTIONS * HTTP/1.1", "Host: localhost"], 400, "malformed_request"],
    ["a path with a bad percent sign", get("/v1/links/%zz"), 400, "malformed_request"],
    ["a path that is not UTF-8", get("/v1/links/%E0%A4%A"), 400, "malformed_request"],
    ["a page's path that is not UTF-8", get("/docs/errors/%ff"), 400, "malformed_request"],
    ["a path with a zero byte", get("/v1/links/%00"), 404, "not_found"],
    ["a path of raw bytes", get("/v1/links/\u00e9"), 404, "not_found"],
    ["a path of two slashes", get("//v1/links"), 404, "not_found"],
    ["a path of 100,000 characters", get(`/v1/links/${"a".repeat(100_000)}`), 414],
    ["a query that is not UTF-8", get("/v1/links?externalUserId=%ED%A0%BD"), 400, "validation_failed"],
    ["a query with a bad percent sign", get("/v1/links?externalUserId=100%"), 400, "validation_failed"],
    ["a parameter's name with a bad percent sign", get("/v1/links?%zz=1"), 400, "validation_failed"],
    ["a parameter given twice", get("/v1/links?limit=1&limit=2"), 400, "validation_failed"],
    ["a limit that is no number", get("/v1/links?limit=1e99"), 400, "validation_failed"],
    [
      "an Idempotency-Key of other letters",
      ["POST /v1/links HTTP/1.1", "Host: localhost", "Idempotency-Key: \u00e9", "Content-Length: 0"],
      400,
      "validation_failed",
    ],
    ["a Content-Length that is none", ["POST /v1/links HTTP/1.1", "Host: localhost", "Content-Length: x"], 400],
    ["TRACE", ["TRACE /v1/links HTTP/1.1", "Host: localhost"], 405, "method_not_allowed"],
    ["OPTIONS", ["OPTIONS /v1/links HTTP/1.1", "Host: localhost"], 405, "method_not_allowed"],
    ["PROPFIND", ["PROPFIND /v1/links HTTP/1.1", "Host: localhost"], 405, "method_not_allowed"],
    ["a method that is none", ["BREW /v1/links HTTP/1.1", "Host: localhost"], 501],
  ])("%s", async (_name, lines, status, code) => {
    const answer = await exchange(lines);
    expect({ status: answer.status, ...(code && { code: JSON.parse(answer.body).code }) }).toEqual({
      status,
      ...(code && { code }),
    });
  });

  test("HEAD is GET without its body; headers of 100,000 characters are read", async () => {
    expect(await exchange(["HEAD /v1/links HTTP/1.1", "Host: localhost"])).toEqual({ status: 200, body: "" });
    expect((await exchange(get("/v1/links", `X-Long: ${"a".repeat(100_000)}`))).status).toBe(200);
  });

  test("nothing of it was taken for a fault of ours", () => {
    expect(passage.output.filter((line) => /Uncaught exception|"request.failed"/.test(line))).toEqual([]);
  });
});
