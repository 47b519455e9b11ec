import { clientMessage, maxCaptureBytes, workerMessage } from "@passage/protocol/session";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readFrame } from "./frames.ts";

const roles = ["client", "worker", "debug"] as const;
const types = [...clientMessage.options, ...workerMessage.options].map((one) => one.shape.type.value);

/** A message that is nearly right: a known type, known field names, and anything at all in them. */
const nearly = fc.record(
  {
    type: fc.constantFrom(...types, "client.unknown", "__proto__", "constructor"),
    id: fc.anything(),
    command: fc.anything(),
    params: fc.jsonValue({ maxDepth: 6 }),
    conditions: fc.array(fc.jsonValue()),
    result: fc.jsonValue({ maxDepth: 6 }),
    error: fc.jsonValue(),
    events: fc.array(fc.jsonValue()),
    clientSeq: fc.oneof(fc.integer(), fc.double(), fc.string()),
    __proto__: fc.jsonValue(),
  },
  { requiredKeys: ["type"] },
);

test("[S7][S8][S10] whatever a frame holds, reading it ends in one of four ways and never in an exception", () => {
  const text = fc.oneof(nearly.map(stringify), fc.json({ maxDepth: 20 }), fc.string({ unit: "binary" }), broken());
  fc.assert(
    fc.property(fc.constantFrom(...roles), text, (role, data) => {
      const frame = readFrame(role, data);
      expect(["client", "worker", "refused", "malformed"]).toContain(frame.kind);
      if (frame.kind === "client" || frame.kind === "worker") expect(frame.kind).toBe(role);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }),
    { numRuns: 3_000 },
  );
});

test("[S9][S10] nesting without end and frames over the limit are refused, not read", () => {
  const deep = `{"type":"client.command_response","id":"1","result":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  expect(["client", "refused", "malformed"]).toContain(readFrame("client", deep).kind);
  const polluting = '{"type":"worker.command","id":"1","command":"url","params":{"__proto__":{"polluted":1}}}';
  expect(readFrame("worker", polluting).kind).toBe("worker");
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  const big = `{"type":"client.command_response","id":"1","result":"${"x".repeat(maxCaptureBytes)}"}`;
  expect(readFrame("client", big)).toMatchObject({ kind: "refused", code: "payload_too_large" });
  expect(readFrame("client", new ArrayBuffer(8)).kind).toBe("malformed");
});

function stringify(value: object): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return "{}";
  }
}

/** Good JSON with a piece cut out or doubled. */
function broken() {
  return fc
    .tuple(nearly.map(stringify), fc.nat(), fc.nat(20))
    .map(([text, at, length]) => text.slice(0, at % text.length) + text.slice((at % text.length) + length));
}
