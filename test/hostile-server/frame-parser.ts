import { readFileSync } from "node:fs";
import { Declarations } from "./declared-names.ts";
import { type CommandMove, demand, type Move } from "./move.ts";
import type { Session } from "./sessions.ts";
import { driftWords, type ReadData, readData } from "./shape-reader.ts";

const { errorCodes } = JSON.parse(readFileSync("protocol/src/schema.json", "utf8")) as {
  errorCodes: Readonly<Record<string, { readonly title: string }>>;
};
const limits = {
  frame: 262_144,
  readBytes: 65_536,
  textLength: 262_144,
  reads: 500,
  misfits: 3,
  drifts: 5,
  bits: 2_048,
  events: 64,
};
const statuses = ["ok", "absent", "refused", "too_many", "down"];
const reasons = ["person_in_control", "sensitive_field", "sign_in_origin", "unsupported_login_method", "user_gave_up"];
const kinds = ["absent", "null", "boolean", "number", "text", "list", "object", "too many"];
const schemes = ["mailto", "tel", "sms", "intent", "market", "itms-apps", "other"];

/** What a frame says, once it is known to say nothing else. */
export type Said =
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "done" }
  | { readonly kind: "read"; readonly label: string; readonly data: ReadData | null }
  | { readonly kind: "turn"; readonly condition: number | null; readonly gaveUp: boolean }
  | { readonly kind: "batch"; readonly entries: readonly Said[] };

// biome-ignore lint/suspicious/noExplicitAny: frames are JSON until they are read
type Json = any;

/** Reads each frame of one session as what it may be, by the signed manifests and the committed schema alone. */
export class FrameParser {
  readonly #operations: readonly Declarations[];
  readonly #places: ReadonlySet<string>;
  readonly #counted = { reads: 0, misfits: 0, textLength: 0, bits: 0, events: 0 };

  constructor({ manifests }: Session) {
    this.#operations = manifests.map((one) => new Declarations(one));
    this.#places = new Set(["other", ...manifests.flatMap(placesOf)]);
  }

  /** Whether the session has told all that it may, so that nothing is done any more. */
  get isSpent(): boolean {
    return this.#counted.bits >= limits.bits;
  }

  /** The answer to a move. @throws where it says anything else than it may. */
  answer(frame: string, move: Move): Said {
    const { type, id, result, error, ...more } = this.#message(frame);
    demand(type === "client.command_response", `type is ${type}`);
    demand(typeof id === "string" && /^[ry]\d+$/.test(id), "the id is not the request's");
    hasOnly(more, []);
    demand((error === undefined) !== (result === undefined), "not one of result and error");
    this.#count({ result, error });
    if (error !== undefined) return parsedError(error, true);
    if (move.kind === "turn") return parsedTurn(result, move.conditions.length);
    return this.#result(move, result);
  }

  /** What tells where the page is, unasked. */
  events(frame: string): void {
    const { type, clientSeq, events, ...more } = this.#message(frame);
    demand(type === "client.events" && Number.isInteger(clientSeq), `type is ${type}`);
    hasOnly(more, []);
    this.#counted.events += events.length;
    demand(this.#counted.events <= limits.events, "more is told unasked than may be");
    for (const { type: what, ts, source, payload, ...rest } of events) {
      hasOnly(rest, []);
      demand(Number.isInteger(ts) && source === "device", "an event has another head");
      const { url = "other", scheme = "other", ...facts } = payload;
      demand(this.#places.has(url), `an event tells the address ${url}`);
      demand(schemes.includes(scheme), `an event tells the scheme ${scheme}`);
      const told = `${what} ${JSON.stringify(facts)}`;
      demand(
        /^(navigation \{"isMainFrame":true\}|(window\.opened|external_app\.requested|download\.refused) \{("window":"popup-1","opener":"main"|"window":"main"|)\})$/.test(
          told,
        ),
        `an event tells ${told}`,
      );
    }
  }

  /** What an answer can carry besides leaves. Beyond the limit every answer is the same. */
  #count(answer: Json): void {
    const bits = this.#counted.bits + bitsOf(answer);
    demand(bits <= limits.bits || answer.error?.code === "payload_too_large", "a session told more bits than it may");
    this.#counted.bits = Math.min(bits, limits.bits);
  }

  #message(frame: string): Json {
    demand(Buffer.byteLength(frame) <= limits.frame, "a frame is too large");
    return JSON.parse(frame);
  }

  #result({ command, params }: Pick<CommandMove, "command" | "params">, result: Json): Said {
    const told = JSON.stringify(result);
    switch (command) {
      case "batch":
        return this.#batch(params.commands as CommandMove[], result);
      case "at":
        demand(/^\{"holds":(true|false)\}$/.test(told), `at said ${told}`);
        return { kind: "done" };
      case "step":
        demand(/^\{("status":("(ok|absent|refused|too_many|down)"|null))?\}$/.test(told), `a step said ${told}`);
        return { kind: "done" };
      case "read":
        return this.#read(String(params.read), result);
      default:
        demand(command === "begin" || command === "updateStatus", `${command} was done`);
        demand(told === "{}", `${command} said ${told}`);
        return { kind: "done" };
    }
  }

  #batch(list: readonly CommandMove[], { results, ...more }: Json): Said {
    hasOnly(more, []);
    demand(Array.isArray(results) && results.length <= list.length, "a batch has other entries");
    const entries = (results as Json[]).map(({ result, error, ...rest }, index): Said => {
      hasOnly(rest, []);
      if (error !== undefined) return parsedError(error, false);
      return this.#result(list[index] as CommandMove, result);
    });
    return { kind: "batch", entries };
  }

  #read(name: string, { status, data, drift = [], ...more }: Json): Said {
    hasOnly(more, []);
    demand(statuses.includes(status), `a read's status is ${status}`);
    const known = this.#operations.map(({ reads }) => reads.get(name)).find((one) => one !== undefined);
    demand(known !== undefined, `${name} was read, which no manifest declares`);
    const { label, read } = known;
    const counted = this.#counted;
    demand(++counted.reads <= limits.reads, "more reads than a session may make");
    demand(counted.misfits < limits.misfits, "a read after three answers that did not fit");
    const words = driftWords(read.shape);
    demand(Array.isArray(drift) && drift.length <= limits.drifts, "more drift than may be told");
    for (const { at, expected, seen, count, ...rest } of drift as Json[]) {
      hasOnly(rest, []);
      demand(words.has(`${at}\n${expected}`), `drift says ${at}: ${expected}`);
      demand(kinds.includes(seen) && Number.isInteger(count) && count >= 1, `drift says ${seen}, ${count}`);
    }
    if (data === null) {
      if (drift.length > 0) counted.misfits += 1;
      return { kind: "read", label, data: null };
    }
    demand(read.shape !== null, "a read without a shape has data");
    demand(Buffer.byteLength(JSON.stringify(data)) <= limits.readBytes, "a read has too many bytes");
    const found = readData(read.shape, data);
    counted.textLength += found.textLength;
    demand(counted.textLength <= limits.textLength, "a session has too much free text");
    return { kind: "read", label, data: found };
  }
}

/** As docs/design/reads.md has them. */
function bitsOf({ result = {}, error }: Json): number {
  if (error) return 10;
  if (result.results) return result.results.reduce((sum: number, one: Json) => sum + bitsOf(one), 0);
  if ("matched" in result) return 7;
  if ("holds" in result) return 2;
  const status = !("status" in result) ? 0 : result.status === "ok" || result.status === null ? 1 : 4;
  if (!("data" in result)) return 1 + status;
  const spots: number[] = (result.drift ?? []).map(({ count }: Json) => 15 + 2 * count.toString(2).length);
  return 3 + status + (spots.length > 0 ? 3 : 0) + spots.reduce((sum, one) => sum + one, 0);
}

function parsedError({ code, message, details, ...more }: Json, mayHaveReason: boolean): Said {
  hasOnly(more, []);
  demand(typeof code === "string" && Object.hasOwn(errorCodes, code), `the error code ${code}`);
  demand(message === `${errorCodes[code]?.title}.`, `${code} says ${message}`);
  if (details !== undefined) {
    const { reason, ...rest } = details;
    hasOnly(rest, []);
    demand(mayHaveReason && reasons.includes(reason), `${code} has the reason ${reason}`);
  }
  return { kind: "error", code };
}

function parsedTurn(result: Json, conditions: number): Said {
  const told = JSON.stringify(result);
  demand(
    /^\{"matched":(true,"condition":\d+|false,"reason":"(timeout|user_gave_up)")\}$/.test(told),
    `a turn said ${told}`,
  );
  demand((result.condition ?? 0) < conditions, "a turn ended with a condition that it does not have");
  return { kind: "turn", condition: result.condition ?? null, gaveUp: result.reason === "user_gave_up" };
}

function hasOnly(rest: object, names: readonly string[]): void {
  const more = Object.keys(rest).find((name) => !names.includes(name));
  demand(more === undefined, `a frame has ${more}, which it may not have`);
}

/** The places that a manifest declares, in its own words. */
function placesOf({ steps, reads }: Session["manifests"][number]): string[] {
  const ofSteps = Object.values(steps).flatMap((step) => {
    if ("go" in step) return [new URL(step.go).origin + new URL(step.go).pathname];
    return "when" in step && step.when === "url" ? [step.origin + (/^[\w/~%-]*/.exec(step.path)?.[0] ?? "")] : [];
  });
  return [...ofSteps, ...Object.values(reads).map(({ on }) => on.origin + on.path)];
}
