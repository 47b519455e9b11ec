import { createHash } from "node:crypto";
import { PassageError } from "@passage/protocol/errors";
import type { Shape } from "@passage/protocol/reads/shape";
import { describe, expect, test } from "vitest";
import { chosenJson } from "../commands/chosen-json.ts";
import { Progress } from "../executor/progress.ts";
import { AccountCodes } from "../reads/account-codes.ts";
import { projectJson } from "../reads/projection.ts";
import { ReadMemory } from "../reads/read-memory.ts";
import type { AnswerSources } from "./answer-sources.ts";
import { Egress } from "./gate.ts";
import { PrivatePhase } from "./private-phase.ts";
import { sealedHere } from "./secrets.ts";
import { answerShape, readShape } from "./shapes.ts";

type Roll = (below: number) => number;
/** A stream of numbers that is the same in each run. */
function dice(seed: string): Roll {
  let turn = 0;
  return (below) => createHash("md5").update(`${seed}:${turn++}`).digest().readUInt32LE() % below;
}
const pick = <T>(roll: Roll, of: readonly T[]): T => of[roll(of.length)] as T;
const random = (roll: Roll, of: string, length: number) => Array.from({ length }, () => of[roll(of.length)]).join("");

/** A session of a device that knows the value as a secret. Whether it keeps back what an outcome was made of can be left out. */
function session(learn: (egress: Egress) => void, { guards = true } = {}) {
  const frames: string[] = [];
  const privacy = new PrivatePhase(() => "https://a.example/");
  const egress = new Egress(privacy);
  egress.attach((text) => frames.push(text) > 0);
  learn(egress);
  const outcome = (shape: ReturnType<typeof answerShape>, run: (progress: Progress) => unknown) => {
    const progress = new Progress(60_000);
    const sources = (): AnswerSources | undefined => (guards ? progress.sources : undefined);
    const type = "client.command_response" as const;
    try {
      const result = run(progress);
      egress.send({ type, id: "c", result }, shape, sources());
    } catch (error) {
      if (!(error instanceof PassageError)) throw error;
      const { code, message } = error.toValue();
      egress.send({ type, id: "c", error: { code, message } }, undefined, sources());
    } finally {
      progress.finish();
    }
    return frames.at(-1) ?? "";
  };
  const free = (schema: Shape, value: unknown) =>
    outcome(answerShape("fetchInPage"), (progress) => {
      const response = { url: "https://a.example/api", status: 200, text: JSON.stringify(value) };
      const unmasked = { ...egress, typed: egress.typed, secrets: egress.secrets, masked: (body: unknown) => body };
      const { data, ...drift } = chosenJson(
        { egress: guards ? egress : (unmasked as never), privacy, progress },
        response,
        schema,
      );
      return { url: response.url, status: 200, contentType: "application/json", body: data, ...drift };
    });
  const declared = (shape: Shape, value: unknown) =>
    outcome(readShape(shape), (progress) => {
      const leaves = new ReadMemory().leafSession(new AccountCodes(undefined));
      const { lookedUp, data, drift } = projectJson(shape, JSON.stringify(value), leaves);
      progress.sources.addDeclared(lookedUp);
      const told = drift.length > 0 ? { drift } : {};
      return { status: "ok", data: data ?? null, ...told };
    });
  return { egress, free, declared };
}

const letters = "abcdefghijklmnopqrstuvwxyz";
/** Secrets of one shape: their signs are of the same kinds, place by place. */
const kinds = {
  "a password of letters": { make: (roll) => random(roll, letters, 12), typed: true },
  "a password with signs": {
    make: (roll) => `${random(roll, letters, 6)}-${10 + roll(90)}-${random(roll, letters, 4)}`,
    typed: true,
  },
  "a one-time code": { make: (roll) => `${1 + roll(9)}${random(roll, "0123456789", 5)}`, typed: true },
  "a number of eight digits": { make: (roll) => `${1 + roll(9)}${random(roll, "0123456789", 7)}`, typed: true },
  "a token": {
    make: (roll) =>
      `${random(roll, letters, 4)}${1000 + roll(9000)}`.repeat(1) +
      [1, 2, 3, 4]
        .map(() => `${random(roll, letters.toUpperCase(), 2)}${roll(10)}${random(roll, letters, 1)}`)
        .join(""),
    typed: false,
  },
} satisfies Record<string, { make: (roll: Roll) => string; typed: boolean }>;

/** A schema that asks about a value: by its length, its range, its beginning, its equal. The guess may be right. */
function question(roll: Roll, guess: string): Shape {
  const number = Number(guess);
  const isNumber = Number.isSafeInteger(number) && number < 1e9;
  const leaves: (() => Shape)[] = [
    () => ({ leaf: "text", max: 1 + roll(40), digits: true }),
    () => ({ leaf: "id", max: 1 + roll(40), digits: true }),
    () => ({ enum: [guess, "other"] }),
    () => ({ enum: [guess.slice(0, -1), "other"] }),
    () => ({ leaf: "last4" }),
    () => ({ leaf: "postcode" }),
    () => ({ leaf: "money" }),
    () => ({ leaf: "money", places: 0 }),
    () => ({
      leaf: "integer",
      ...(isNumber && { min: roll(2) ? number : number - roll(1e6), max: number + roll(1e6) }),
    }),
  ];
  const one = pick(roll, leaves)();
  const other = pick(roll, leaves)();
  return pick<() => Shape>(roll, [() => one, () => ({ orNull: one }), () => ({ anyOf: [one, other] })])();
}

/** How a site says a value. */
const sayings: readonly ((value: string) => unknown)[] = [
  (value) => value,
  (value) => (/^[1-9]\d*$/.test(value) ? Number(value) : value),
  (value) => `Hello ${value}`,
  (value) => `${value} is yours`,
];

function asked(roll: Roll, saying: (value: string) => unknown, guess: string, isDeclared: boolean) {
  const inner = question(roll, guess);
  const place = roll(4);
  if (place === 0 && !isDeclared) {
    // The secret as a key of the object.
    const shape: Shape = {
      type: "object",
      properties: { [guess]: { leaf: "boolean" }, a: { leaf: "boolean" } },
      required: ["a"],
    };
    return { shape, say: (value: string) => ({ a: true, [value]: true }) };
  }
  if (place === 1)
    return {
      shape: { type: "array", items: inner, maxItems: 3 } as Shape,
      say: (value: string) => ["x", saying(value)],
    };
  const shape: Shape = { type: "object", properties: { v: inner }, required: ["v"] };
  return { shape, say: (value: string) => ({ v: saying(value) }) };
}

/** More of them in `npm run conformance`. */
const runs = process.env.PASSAGE_TESTS === "conformance" ? 1_000 : 60;

/** The questions whose answers differ between two sessions with secrets of one shape. */
function differences(kind: keyof typeof kinds, how: "free" | "declared", options = {}): string[] {
  const { make, typed } = kinds[kind];
  const found: string[] = [];
  for (let run = 0; run < runs; run++) {
    const roll = dice(`${kind} ${how} ${run}`);
    const secrets = [make(roll), make(roll)] as const;
    // Nobody can guess a token; an answer names what its schema has, which is searched too.
    const right = typed ? secrets : [];
    const guess = pick(roll, [...right, make(roll), secrets[0].slice(0, 1 + roll(8))]);
    const { shape, say } = asked(roll, pick(roll, sayings), guess, how === "declared");
    const [one, two] = secrets.map((value) =>
      session(({ secrets: known }) => {
        if (typed) known.addTyped("the password", value);
        else known.addStored("cookie sid", value);
      }, options)[how](shape, say(value)),
    );
    if (one !== two) found.push(`${JSON.stringify(shape)} of ${JSON.stringify(say("…"))}: ${one} / ${two}`);
  }
  return found;
}

describe.each(["free", "declared"] as const)(
  "whatever the schema of a %s read, its answers to two secrets of one shape are the same",
  (how) => {
    test.each(Object.keys(kinds) as (keyof typeof kinds)[])("%s", (kind) => {
      expect(differences(kind, how)).toEqual([]);
      // Where only what is left of a value is searched, they are not.
      expect(differences(kind, how, { guards: false })).not.toEqual([]);
    });
  },
);

describe("what is not refused in vain", () => {
  const typed = (...values: string[]) =>
    session(({ secrets }) => {
      for (const value of values) secrets.addTyped("what was typed", value);
    });
  const v = (inner: Shape): Shape => ({ type: "object", properties: { v: inner }, required: ["v"] });
  const data = (frame: string) =>
    JSON.parse(frame).result?.data ?? JSON.parse(frame).result?.body ?? JSON.parse(frame).error.code;

  test.each<[string, Shape, unknown, unknown]>([
    ["an amount that equals a PIN", { leaf: "money", places: 0 }, "1774", "1774"],
    ["the same with its sign", { leaf: "money", places: 0 }, "$1774", "1774"],
    ["the end of a card's number", { leaf: "last4" }, "1774", "1774"],
    ["a date", { leaf: "date" }, "Nov 4, 2026", "2026-11-04"],
    ["a time", { leaf: "time" }, "2026-11-04T17:30:00Z", "2026-11-04T17:30:00Z"],
    ["a word of a list", { enum: ["paid", "open"] }, "paid", "paid"],
    ["what stays on the device", { leaf: "held" }, "a correct horse battery", true],
  ])("%s, in a declared read", (_what, leaf, value, told) => {
    expect(data(typed("1774", "paid", "correct horse battery").declared(v(leaf), { v: value }))).toEqual({ v: told });
  });

  test("another place of the same body", () => {
    const { free, declared } = typed("correct horse battery");
    for (const read of [free, declared])
      expect(data(read(v({ leaf: "text", max: 9 }), { v: "Main plan", echo: "correct horse battery" }))).toEqual({
        v: "Main plan",
      });
  });

  test("an address whose query has a token", () => {
    const { free } = session(({ secrets }) => secrets.addStored("cookie sid", "x7Kq92LmPz04RtYw"));
    const shape = v({ leaf: "url", of: ["https://a.example"] });
    const url = "https://a.example/bill.pdf?sig=x7Kq92LmPz04RtYw";
    expect(data(free(shape, { v: url }))).toEqual({ v: "https://a.example/bill.pdf" });
  });

  test("a text with a token is told with a mask, and cut after it", () => {
    const { free } = session(({ secrets }) => secrets.addStored("cookie sid", "x7Kq92LmPz04RtYw"));
    expect(data(free(v({ leaf: "text", max: 12 }), { v: "Ref x7Kq92LmPz04RtYw" }))).toEqual({ v: "Ref [masked]" });
  });

  test("whether the site has what was sealed to this device", () => {
    const { egress, declared } = session(({ secrets }) => secrets.addTyped(sealedHere, "4111 1111 1111 1111"));
    const shape = v({ leaf: "same", argument: "note", as: "text" });
    expect(
      data(
        declared(
          {
            type: "object",
            properties: { v: { orNull: { leaf: "same", argument: "note", as: "text" } } },
            required: ["v"],
          },
          { v: "4111 1111 1111 1111" },
        ),
      ),
    ).toEqual({ v: null });
    egress.secrets.addTyped("the password", "correct horse");
    expect(data(declared(shape, { v: "correct horse" }))).toBe("blocked_secret");
  });
});

test("half of a secret in one answer and half in the next, each cut", () => {
  const { free } = session(({ secrets }) => secrets.addTyped("the password", "sommerwiese"));
  const shape: Shape = { type: "object", properties: { v: { leaf: "text", max: 3 } }, required: ["v"] };
  expect(JSON.parse(free(shape, { v: "sommer" })).result.body).toEqual({ v: "som" });
  expect(JSON.parse(free(shape, { v: "wiese" })).error.code).toBe("blocked_secret");
});

test("on a private page an answer does not say whether a body fits", () => {
  const frames: string[] = [];
  const privacy = new PrivatePhase(() => "https://a.example/");
  privacy.fieldsSeen({ document: "d", kinds: ["password"] });
  const progress = new Progress(1_000);
  const fits = (value: unknown) =>
    chosenJson(
      { egress: new Egress(privacy), privacy, progress },
      { url: "https://a.example/", status: 200, text: JSON.stringify(value) },
      { leaf: "boolean" },
    );
  for (const value of [true, "text"])
    expect(() => fits(value)).toThrow(expect.objectContaining({ code: "blocked_private" }));
  progress.finish();
  expect(frames).toEqual([]);
});
