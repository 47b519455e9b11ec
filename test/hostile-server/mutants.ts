import { type Mutant, one } from "./mutant.ts";
import { formMutants, leafMutants } from "./shape-mutants.ts";

const commands = "device/src/declared/commands.ts";
const filled = "device/src/declared/filled-fields.ts";
const operations = "device/src/declared/operations.ts";
const read = "device/src/declared/read.ts";
const turn = "device/src/declared/turn.ts";
const request = "device/src/reads/filled-request.ts";
const memory = "device/src/reads/read-memory.ts";
const projection = "device/src/reads/projection.ts";
const budget = "device/src/reads/read-budget.ts";
const gate = "device/src/egress/gate.ts";
const shapes = "device/src/egress/shapes.ts";
const executor = "device/src/executor/executor.ts";
const declaration = "protocol/src/reads/declaration.ts";
const declared = "protocol/src/declared-commands.ts";

/** What may be done, and by whom. */
const walls: readonly Mutant[] = [
  one(
    "no free commands",
    "device/src/executor/dispatch.ts",
    'isCommandName(command) && command !== "updateStatus"',
    "false",
  ),
  one(
    "no free conditions",
    turn,
    'notDeclared("A turn ends with conditions that the manifest declares by name")',
    "return condition as YieldCondition",
  ),
  one(
    "the digest of a step",
    operations,
    "this.#steps.get(name) ??",
    'this.#steps.get(name) ?? [...this.#steps.entries()].find(([key]) => key.split("@")[0] === name.split("@")[0])?.[1] ??',
  ),
  one(
    "the digest of a read",
    operations,
    "this.#reads.get(name) ??",
    'this.#reads.get(name) ?? [...this.#reads.entries()].find(([key]) => key.split("@")[0] === name.split("@")[0])?.[1] ??',
  ),
  one("an operation is begun once", operations, "at >= this.#next && ", ""),
  one(
    "an operation's own memory",
    operations,
    "readonly memory = new ReadMemory();",
    "readonly memory = ((globalThis as never as { kept: ReadMemory }).kept ??= new ReadMemory());",
  ),
  one("the place of a read", read, "if (here?.origin !== on.origin || !isBelow(here.pathname, on.path))", "if (false)"),
  one(
    "the path of a read",
    read,
    "!isBelow(here.pathname, on.path)",
    '!here.pathname.startsWith(on.path.replace(/\\/$/, ""))',
  ),
  one(
    "the origin of a read",
    read,
    "here?.origin !== on.origin || !isBelow(here.pathname",
    '!isBelow(here?.pathname ?? ""',
  ),
  one("the holes of a step", commands, "demandHoles(declaration, { nth, value });", ""),
  one("the most of nth", commands, "(takesNth && (nth as number) >= (declaration.nth as number))", "false"),
  one("the parameter of", memory, 'typeof given === "string" && rule.of.includes(given)', 'typeof given === "string"'),
  one("the parameter integer", memory, "given >= min && given <= max", "true"),
  one("the parameter argument", memory, "this.bind(rule.argument, given);", ""),
  one(
    "the parameter seen",
    memory,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of source
    "this.#seen.get(`${read}:${at}`)?.has(String(given)) ? String(given) : undefined",
    "String(given)",
  ),
  one(
    "the parameter held",
    memory,
    "given === true ? this.held(rule.held) : undefined",
    'given === true ? this.held(rule.held) : String(given ?? "")',
  ),
  one("parameters that are not declared", request, "if (unknown !== undefined)", "if (false)"),
  one("a segment of a path", request, "encodeURIComponent(text)", "text"),
  one(
    "a query and a form",
    request,
    "return new URLSearchParams(entries as [string, string][]).toString();",
    'return entries.map((one) => one.join("=")).join("&");',
  ),
  one("one value of an argument", memory, "(known !== undefined && known !== value)", "false"),
  one("the kind of a field", "device/src/declared/typed-value.ts", "if (!forms[kind](value))", "if (false)"),
  one("a character that is not shown", memory, "if (unshown.test(value))", "if (false)"),
  one(
    "the origin of a frame",
    filled,
    "origins.pin([frameOrigin,",
    'origins.pin(["https://evil.example", frameOrigin,',
  ),
  one("a frame without an address", filled, '?.origin ?? ""], true);', '?.origin ?? ""]);'),
  one("a redirect", read, 'redirect: "error"', 'redirect: "follow"'),
  one(
    "the origins of the session",
    "device/src/egress/private-phase.ts",
    'return this.isSignIn(this.#url()) ? "sign_in_origin" : null;',
    "return null;",
  ),
  one(
    "no lending",
    executor,
    "this.#parts.operations.strict ? undefined : void this.#turn.lend()",
    "void this.#turn.lend()",
  ),
];

/** The person's part. */
const person: readonly Mutant[] = [
  one("a commit is asked", turn, "commit?.question ?? null", "null"),
  one("a commit after a yes only", turn, "if (outcome.condition !== commit.index) return outcome;", ""),
  one("a commit of what was asked", turn, "await arm({ ...parts, progress }, commit);", ""),
  one(
    "the values that a commit is about",
    turn,
    "const fields = context.operations.active.filled.heldFor(about);",
    "const fields = context.operations.active.filled.heldFor(about.slice(1));",
  ),
  one("a press held to what was asked", "device/src/commands/mouse.ts", "{ ...how, commit: true }", "how"),
  one("a commit once", operations, "if (this.#commits.has(commit))", "if (false)"),
  one(
    "no commit by a step",
    commands,
    'else notDeclared("A commit is made in the person\'s turn only");',
    "else await click(context, { selector: declaration.commit });",
  ),
  one("a question of what was typed", turn, "    return value;\n", '    return "4242";\n'),
  one("the words of a turn", turn, "active.demandWords(asked.status?.heading, asked.status?.subheading);", ""),
  one(
    "the words of a status",
    "device/src/executor/dispatch.ts",
    "operations.active.demandWords(heading, subheading);",
    "",
  ),
  one("a number in words", operations, 'text.replace(/\\d{1,6}/, "{n}")', 'text.replace(/\\S+/, "{n}")'),
  one(
    "no commands in a turn",
    executor,
    "return this.#turn.running || this.#yields.size > 0 ? userInControl() : null;",
    "return null;",
  ),
];

/** What an answer may say. */
const answers: readonly Mutant[] = [
  {
    name: "the words of an error",
    pieces: [
      [gate, "const errors = isStrict ? strictErrorShape : refusal", "const errors = refusal"],
      [gate, "const told = cleared.error ? strict(cleared.error) : cleared;", "const told = cleared;"],
    ],
  },
  one(
    "the words of a secret's refusal",
    gate,
    "const told = cleared.error ? strict(cleared.error) : cleared;",
    "const told = cleared;",
  ),
  one("the words of a batch's error", gate, "result: isStrict ? withStrictErrors(result) : result", "result"),
  one("the reasons of an error", shapes, "strictReasons.includes(details?.reason as never)", "details !== undefined"),
  {
    name: "the class of a status",
    pieces: [
      [
        declaration,
        "export const statusClass = z.enum(statusClasses);",
        'export const statusClass = z.any() as unknown as z.ZodEnum<{ ok: "ok" }>;',
      ],
      [read, "return { status: statusClassOf(status), projected };", "return { status: status as never, projected };"],
    ],
  },
  {
    name: "the status of a place",
    pieces: [
      [declared, "result: z.object({ status: statusClass.nullable().optional()", "result: z.object({ status: z.any()"],
      [commands, "statusClassOf(status) };", "status as never };"],
    ],
  },
  {
    name: "the address of a place",
    pieces: [
      [
        declared,
        "result: z.object({ status: statusClass.nullable().optional()",
        "result: z.looseObject({ status: statusClass.nullable().optional()",
      ],
      [commands, "return { status: status === null", "return { url: context.page.url(), status: status === null"],
    ],
  },
  {
    name: "the kind of drift",
    pieces: [
      [declaration, "seen: z.enum(driftKinds),", "seen: z.any(),"],
      [
        projection,
        'if (typeof value === "string") return "text";',
        'if (typeof value === "string") return value as never;',
      ],
    ],
  },
  one(
    "the place of drift",
    projection,
    "const written = list.map((one) => this.shape(items, one, at));",
    "const written = list.map((one, index) => this.shape(items, one, at + index));",
  ),
  {
    name: "how much drift",
    pieces: [
      [read, "projected.drift.slice(0, mostDrift)", "projected.drift"],
      [declared, ".max(mostDrift)", ""],
    ],
  },
  one(
    "the address of a turn's end",
    executor,
    "strict ? strictYieldShape : yieldShape",
    "strict ? yieldShape : yieldShape",
  ),
  {
    name: "what a person typed",
    pieces: [
      ["device/src/egress/clearance.ts", "if (behind.length > 0) {", "if (false) {"],
      [
        "device/src/egress/clearance.ts",
        "if (found.length === 0) return { type, id, ...told };",
        "return { type, id, ...told };",
      ],
    ],
  },
  one(
    "a no that is final",
    "device/src/declared/turn.ts",
    'if (outcome.reason === "user_gave_up") parts.operations.active.spend(commit.name);',
    "",
  ),
  one(
    "the entry of what the site has stored",
    "device/src/declared/read.ts",
    'page.call("storedValue", on.origin, area, key)',
    'page.call("storedValue", on.origin, area, key.slice(1))',
  ),
  one(
    "the place of an event",
    "device/src/egress/telemetry.ts",
    "url: this.#placeOf?.(url) ?? address",
    "url: address",
  ),
  one("the address of an incident", "device/src/egress/telemetry.ts", "shaped.url = this.#placeOf(shaped.url);", ""),
  one("the scheme of another app", "device/src/egress/telemetry.ts", "shaped.scheme = elsewhere;", ""),
  one("the bytes of a read", budget, "if (bytes > readLimits.readBytes)", "if (false)"),
  one("free text of a session", budget, "if (this.#textLength + textLength > readLimits.textLength)", "if (false)"),
  one("reads that do not fit", budget, "if (this.#drifts >= readLimits.drifts)", "if (false)"),
  one("reads of a session", budget, "if (this.#reads > readLimits.reads)", "if (false)"),
  one("bits of a session", executor, "return operations.strict ? egress.told.spent : null;", "return null;"),
  one(
    "bits of an answer",
    gate,
    "const kept = this.told.tell(cleared) ?",
    "const kept = this.told.tell({ error: undefined, result: {} }) || true ?",
  ),
  one(
    "bits of events",
    "device/src/egress/telemetry.ts",
    "if (this.#placeOf && !this.#egress.told.tellEvent()) return;",
    "",
  ),
];

export const mutants: readonly Mutant[] = [...leafMutants, ...formMutants, ...walls, ...person, ...answers];
