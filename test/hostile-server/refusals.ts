import { readFileSync } from "node:fs";
import { Declarations, nameOf } from "./declared-names.ts";
import type { CommandMove, Move, TurnMove } from "./move.ts";
import type { Session } from "./sessions.ts";

/** Something that no manifest declares: by the group of its row, and with the moves that lead to it. */
export interface Refusal {
  readonly group: string;
  readonly what: string;
  readonly before: readonly Move[];
  readonly move: Move;
}

const { commands } = JSON.parse(readFileSync("protocol/src/schema.json", "utf8")) as {
  commands: Record<string, object>;
};

/** What a value can be that is to become more than a value. */
export const hostileValues: Readonly<Record<string, string>> = {
  "two dots": "..",
  "two dots, encoded": "%2e%2e",
  "a path": "../../admin",
  "another parameter": "a&b=c",
  quotes: `"'`,
  NUL: "a\u0000b",
  "a line break": "x\r\nx-more: 1",
  "a turned text": "\u202eevil",
  "half a character": "\ud800",
  "very long": "x".repeat(5_000),
  "a prototype": "__proto__",
  "a constructor": "constructor",
  "another address": "https://evil.example/",
};
const patience = { timeout: 15 };

function command(name: string, params: Readonly<Record<string, unknown>>): CommandMove {
  return { kind: "command", command: name, params };
}

/** All that a session must refuse, whatever is asked in which words. */
export function refusalsOf({ manifests }: Session): Refusal[] {
  const all = manifests.map((manifest) => new Declarations(manifest));
  return all.flatMap((declares, index) => {
    const begin = command("begin", { operation: declares.operation });
    const others = all.filter((_, at) => at !== index);
    return [
      ...freeCommands(begin),
      ...names(declares, others, begin),
      ...holes(declares, begin),
      ...parameters(declares, begin),
      ...turns(declares, others, begin),
      ...words(begin),
    ];
  });
}

/** Every free command with every kind of hostile parameter, in every place that it has. */
function freeCommands(begin: Move): Refusal[] {
  const free = Object.keys(commands).filter((name) => name !== "updateStatus");
  const places = "selector url expression value text key name pattern urlPattern path script".split(" ");
  return [...free, "nothing", "constructor", "__proto__", "toString"].flatMap((name) =>
    [...Object.entries(hostileValues), ["what it is for", "#due"] as const].map(([kind, value]) => ({
      group: "free commands",
      what: `${name} with ${kind}`,
      before: [begin],
      move: command(name, { ...Object.fromEntries(places.map((place) => [place, value])), ...patience }),
    })),
  );
}

/** Names with a wrong digest, without one, and of declarations of another operation. */
function names({ steps, reads }: Declarations, others: readonly Declarations[], begin: Move): Refusal[] {
  const own = new Set([...steps.keys(), ...reads.keys()]);
  const foreign = others.flatMap((one) => [...one.steps.keys(), ...one.reads.keys()]).filter((name) => !own.has(name));
  const wrong = (name: string) => {
    const [label = ""] = name.split("@");
    return [label, `${label}@00000000`, nameOf(label, {}), `${name}0`, name.toUpperCase(), ` ${name}`];
  };
  const asked = [...own].flatMap(wrong).concat(foreign, Object.values(hostileValues), "constructor@00000000");
  return asked.flatMap((name) => [
    {
      group: "names",
      what: `the step ${name.slice(0, 60)}`,
      before: [begin],
      move: command("step", { step: name, ...patience }),
    },
    {
      group: "names",
      what: `the condition ${name.slice(0, 60)}`,
      before: [begin],
      move: command("at", { step: name, ...patience }),
    },
    {
      group: "names",
      what: `the read ${name.slice(0, 60)}`,
      before: [begin],
      move: command("read", { read: name, ...patience }),
    },
  ]);
}

/** Holes that a step does not declare, and values that no field of its kind takes. */
function holes({ steps }: Declarations, begin: Move): Refusal[] {
  return [...steps].flatMap(([name, step]) => {
    const refused = (what: string, params: object): Refusal => ({
      group: "holes",
      what: `${name} with ${what}`,
      before: [begin],
      move: command("step", { step: name, ...params, ...patience }),
    });
    const most = "click" in step ? step.nth : undefined;
    if (most !== undefined)
      return [{}, { nth: most }, { nth: -1 }, { nth: 0.5 }, { nth: "0" }, { nth: 0, value: "x" }].map((params) =>
        refused(JSON.stringify(params), params),
      );
    if (!("fill" in step)) return [refused("nth", { nth: 0 }), refused("a value", { value: "x" })];
    const isFree = ["cc-name", "address", "other"].includes(step.kind);
    const values = Object.entries(hostileValues).filter(
      ([, value]) => !isFree || /[\p{Cc}\p{Cf}]/u.test(value) || value.length > 2_048,
    );
    return [
      refused("no value", {}),
      refused("nth", { nth: 0, value: "98101" }),
      ...values.map(([kind, value]) => refused(kind, { value })),
    ];
  });
}

/** Parameters that a read does not declare, lacks, or has with values that its rules do not allow. */
function parameters({ steps, reads }: Declarations, begin: Move): Refusal[] {
  return [...reads].flatMap(([name, { read }]) => {
    const rules = Object.entries(read.params ?? {});
    const usual = Object.fromEntries(
      rules.map(([label, rule]) => {
        if ("of" in rule) return [label, rule.of[0]];
        if ("integer" in rule) return [label, rule.integer[0]];
        if ("argument" in rule) return [label, "98101"];
        return [label, rule.orEmpty ? "" : "b_1"];
      }),
    );
    const place = [...steps].find(([, step]) => "go" in step && step.go.startsWith(read.on.origin + read.on.path));
    const before = place ? [begin, command("step", { step: place[0], ...patience })] : [begin];
    const refused = (what: string, params: object): Refusal => ({
      group: "parameters",
      what: `${name} with ${what}`,
      before,
      move: command("read", { read: name, params, ...patience }),
    });
    const unknown = ["other", "constructor", "toString"].map((label) =>
      refused(`the parameter ${label}`, { ...usual, [label]: "x" }),
    );
    const missing = rules.map(([label]) => {
      const { [label]: _, ...rest } = usual;
      return refused(`no ${label}`, rest);
    });
    const odd = rules.flatMap(([label, rule]) => {
      // What a person agreed to may be anything; it is encoded, and the sequences look at how.
      if ("argument" in rule) return [refused(`${label}: very long`, { ...usual, [label]: "x".repeat(5_000) })];
      const values = Object.entries(hostileValues).map(([kind, value]) =>
        refused(`${label}: ${kind}`, { ...usual, [label]: value }),
      );
      return [
        ...values,
        ...[null, {}, [], 1e21, -1.5].map((value) =>
          refused(`${label}: ${JSON.stringify(value)}`, { ...usual, [label]: value }),
        ),
      ];
    });
    return [...unknown, ...missing, ...odd];
  });
}

/** Free conditions, names that are none of the operation's, and words to the person that it does not have. */
function turns({ steps }: Declarations, others: readonly Declarations[], begin: Move): Refusal[] {
  const whens = [...steps].filter(([, step]) => "when" in step && step.when !== "idle");
  const [known = ""] = whens[0] ?? [];
  const turn = (what: string, conditions: readonly object[], status: TurnMove["status"] = {}): Refusal => ({
    group: "turns",
    what: `a turn with ${what}`,
    before: [begin],
    move: { kind: "turn", conditions, status, match: "any", says: "userDone", meanwhile: [] },
  });
  const free: readonly object[] = [
    { type: "url", pattern: ".*" },
    { type: "selector", selector: "text=/[0-4]$/" },
    { type: "networkRequest", captureBody: true },
    { type: "userDone" },
  ];
  const foreign = others.flatMap((one) => [...one.steps.keys()]).filter((name) => !steps.has(name));
  const [label = ""] = known.split("@");
  return [
    ...free.flatMap((one) => [
      turn(JSON.stringify(one), [one]),
      turn(`${JSON.stringify(one)} too`, [{ type: "step", step: known }, one]),
    ]),
    ...[label, `${label}@00000000`, ...foreign, ...Object.values(hostileValues)].map((name) =>
      turn(`the step ${name.slice(0, 60)}`, [{ type: "step", step: name }]),
    ),
    ...Object.entries(hostileValues).map(([kind, heading]) =>
      turn(`words: ${kind}`, [{ type: "step", step: known }], { heading }),
    ),
    ...[...steps]
      .filter(([, step]) => "commit" in step)
      .map(([name]) => turn(`the commit ${name}, and nothing typed`, [{ type: "step", step: name }])),
  ];
}

function words(begin: Move): Refusal[] {
  return Object.entries({ ...hostileValues, "a question": "Type your password", "no number": "1e9 so far" }).flatMap(
    ([kind, text]) => [
      { group: "words", what: `a heading: ${kind}`, before: [begin], move: command("updateStatus", { heading: text }) },
      {
        group: "words",
        what: `a subheading: ${kind}`,
        before: [begin],
        move: command("updateStatus", { subheading: text }),
      },
    ],
  );
}
