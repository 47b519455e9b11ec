import type { ReadDeclaration, ReadParam } from "@passage/protocol/reads/declaration";
import type { StepDeclaration } from "@passage/protocol/steps";
import type { Random } from "../chaos/random.ts";
import { Declarations } from "./declared-names.ts";
import { freeParams, hostileTexts } from "./hostile-texts.ts";
import type { CommandMove, Move, TurnMove } from "./move.ts";
import type { Session } from "./sessions.ts";

/** So little patience is enough over a scripted page. */
const scripted = { timeout: 15 };

/**
 * A server that owns the session's socket and all signed manifests. It plays what they declare, in its own order, with holes and
 * parameters that fit and that do not, and between that whatever else there is.
 */
export class ServerMoves {
  readonly #random: Random;
  readonly #commands: readonly string[];
  readonly #operations: readonly Declarations[];
  readonly #patience: { readonly timeout: number };
  /** What it has learnt, by read and place: what a parameter may be asked with. */
  readonly learnt: ReadonlyMap<string, ReadonlySet<string>>;
  #active: Declarations;
  #planned: Move[] = [];

  /** @param commands that devices know. */
  constructor(
    random: Random,
    { manifests }: Session,
    commands: readonly string[],
    learnt: ReadonlyMap<string, ReadonlySet<string>>,
    patience = scripted,
  ) {
    this.#patience = patience;
    this.#random = random;
    this.#commands = commands;
    this.#operations = manifests.map((one) => new Declarations(one));
    this.#active = this.#operations[0] as Declarations;
    this.learnt = learnt;
    if (random.chance(0.95)) this.#planned.push(this.#begin());
  }

  /** Whether what it had in mind has been sent. */
  get isIdle(): boolean {
    return this.#planned.length === 0;
  }

  next(): Move {
    if (this.isIdle) this.#plan();
    return this.#planned.shift() ?? this.#begin();
  }

  #plan(): void {
    const random = this.#random;
    const kind = random.next();
    if (kind < 0.25) this.#planned.push(...this.#reading());
    else if (kind < 0.45) this.#planned.push(...this.#committing());
    else if (kind < 0.55) this.#planned.push(this.#stepping());
    else if (kind < 0.62) this.#planned.push(this.#asking());
    else if (kind < 0.7) this.#planned.push(this.#read(random.pick([...this.#active.reads])));
    else if (kind < 0.78) this.#planned.push(this.#turn());
    else if (kind < 0.83) this.#planned.push(this.#says());
    else if (kind < 0.86) this.#planned.push(this.#begin());
    else if (kind < 0.92) this.#planned.push(this.#batch());
    else this.#planned.push(this.#free());
  }

  #begin(): CommandMove {
    const known = this.#random.pick(this.#operations);
    const isReal = this.#random.chance(0.9);
    if (isReal) this.#active = known;
    const operation = isReal
      ? known.operation
      : this.#random.pick(["", "orders:read", "constructor:read", ...hostileTexts]);
    return { kind: "command", command: "begin", params: { operation } };
  }

  /** Goes where a read is made, and makes it. */
  #reading(): Move[] {
    const reads = [...this.#active.reads];
    const longest = reads.toSorted(([, one], [, other]) => lengthOf(other.read) - lengthOf(one.read))[0];
    const [name, known] = (this.#random.chance(0.3) && longest) || this.#random.pick(reads);
    const { origin, path } = known.read.on;
    const place = [...this.#active.steps].find(
      ([, step]) =>
        "go" in step && new URL(step.go).origin === origin && `${new URL(step.go).pathname}/`.startsWith(path),
    );
    const again = Array.from({ length: this.#random.between(1, 5) }, () => this.#read([name, known]));
    const all = [...this.#before(known.read), ...again];
    return place ? [this.#step(place[0], place[1]), ...all] : all;
  }

  /** What a read takes its parameters, headers and comparisons from, mostly. */
  #before(read: ReadDeclaration): Move[] {
    if (this.#random.chance(0.2)) return [];
    const declared = JSON.stringify(read);
    const { reads, steps } = this.#active;
    const sources = [...reads].filter(([, { label }]) => declared.includes(`"read":${JSON.stringify(label)}`));
    const typed = [...steps].filter(([, step]) => "fill" in step && declared.includes(`"argument":"${step.from}`));
    return [
      ...typed.map(([name, step]) => this.#step(name, step)),
      ...sources.map(([name, known]) => this.#read([name, known])),
    ];
  }

  /** Types what a commit asks about, and has the person asked. */
  #committing(): Move[] {
    const commits = [...this.#active.steps].filter(([, step]) => "commit" in step);
    if (commits.length === 0) return [this.#turn()];
    const [name, commit] = this.#random.pick(commits);
    const asked = "commit" in commit ? commit.ask : "";
    const steps = [...this.#active.steps];
    const places = steps.filter(([, step]) => "go" in step);
    const fills = steps.filter(
      ([, step]) => "fill" in step && this.#random.chance(asked.includes(`{${step.from}`) ? 0.95 : 0.15),
    );
    const turn = { ...this.#turn(), conditions: [{ type: "step", step: name }], status: {}, match: "any" } as const;
    const says = this.#random.chance(0.8) ? "userDone" : turn.says;
    const press: TurnMove = { ...turn, says };
    const again = this.#random.chance(0.3) ? [press] : [];
    const [goName, go] = this.#random.pick(places);
    return [this.#step(goName, go), ...fills.map(([fill, step]) => this.#step(fill, step)), press, ...again];
  }

  #stepping(): CommandMove {
    const steps = [...this.#active.steps];
    const clicks = steps.filter(([, step]) => "click" in step);
    const [name, step] = this.#random.pick(clicks.length > 0 && this.#random.chance(0.3) ? clicks : steps);
    return this.#step(name, step);
  }

  #step(name: string, step: StepDeclaration): CommandMove {
    const isOdd = this.#random.chance("click" in step ? 0.3 : 0.1);
    const nth = this.#random.pick([-1, 0, 1, 2, 1_000]);
    const value = this.#random.pick(hostileTexts);
    const most = "click" in step && step.nth !== undefined ? { nth: step.nth } : {};
    const odd = this.#random.pick<object>([most, { nth }, { value }, { nth, value }, {}]);
    const holes = isOdd
      ? odd
      : "fill" in step
        ? { value: this.#argument(step.kind, step.from) }
        : "click" in step && step.nth !== undefined
          ? { nth: this.#random.between(0, step.nth - 1) }
          : {};
    return { kind: "command", command: "step", params: { step: this.#named(name), ...holes, ...this.#patience } };
  }

  /** An argument's usual value, or sometimes another that would do as well. */
  #argument(kind: string, from: string): string {
    const [usual = "", other = ""] = argumentsOf[kind] ?? ["Ada Byron", "Eve Byron"];
    const random = this.#random;
    const roll = random.next();
    if (roll < 0.8) return from === "billingZip" ? "98101" : usual;
    if (roll < 0.88) return other;
    return random.pick(roll < 0.93 ? ["x\r\ny", "\u202eevil", "a\u0000b", `${usual}\u0007`] : hostileTexts);
  }

  #asking(): CommandMove {
    const conditions = [...this.#active.steps].filter(([, step]) => "when" in step);
    const [name] = this.#random.chance(0.9)
      ? this.#random.pick(conditions)
      : this.#random.pick([...this.#active.steps]);
    return { kind: "command", command: "at", params: { step: this.#named(name), ...this.#patience } };
  }

  #read([name, { read }]: [string, { readonly read: ReadDeclaration }]): CommandMove {
    const params = Object.fromEntries(
      Object.entries(read.params ?? {}).flatMap(([label, rule]) =>
        this.#random.chance(0.05) ? [] : [[label, this.#param(rule)]],
      ),
    );
    const more = this.#random.chance(0.05)
      ? { [this.#random.pick(["other", "__proto__", "constructor", "id"])]: "x" }
      : {};
    const given = Object.keys({ ...params, ...more }).length > 0 ? { params: { ...params, ...more } } : {};
    return { kind: "command", command: "read", params: { read: this.#named(name), ...given, ...this.#patience } };
  }

  #param(rule: ReadParam): unknown {
    const random = this.#random;
    if (random.chance(0.1) && "integer" in rule)
      return random.pick([rule.integer[0] - 1, rule.integer[1] + 1, rule.integer[0] + 0.5]);
    if (random.chance(0.08))
      return random.pick<unknown>([...hostileTexts, 7, -1, 2031, 1.5, 1e21, true, false, null, {}]);
    if ("of" in rule) return random.pick(rule.of);
    if ("integer" in rule) return random.between(rule.integer[0], Math.min(rule.integer[1], rule.integer[0] + 9));
    if ("argument" in rule && rule.argument === "card.holder") return random.pick(["Ada Byron", ...hostileTexts]);
    if ("argument" in rule) return random.chance(0.8) ? "98101" : "98102";
    if (rule.orEmpty && random.chance(0.3)) return "";
    if ("held" in rule) return true;
    const known = [...(this.learnt.get(`${rule.seen.read}:${rule.seen.at}`) ?? [])];
    return random.pick([...known, ...known, "b_1", "b_9"]);
  }

  #turn(): TurnMove {
    const random = this.#random;
    const steps = [...this.#active.steps].filter(
      ([, step]) => ("when" in step && step.when !== "idle") || random.chance(0.03),
    );
    const one = () =>
      random.chance(0.93)
        ? { type: "step", step: this.#named(random.pick(steps)[0]) }
        : random.pick<object>([
            { type: "url", pattern: random.pick([".*", ...hostileTexts.filter(Boolean)]) },
            { type: "selector", selector: random.pick(["#due", "text=/[0-4]$/", "body"]) },
            { type: "networkRequest", captureBody: true },
            { type: "userDone" },
          ]);
    const meanwhile = random.chance(0.2)
      ? [random.pick([this.#free(), this.#asking(), this.#stepping(), this.#says()])]
      : [];
    return {
      kind: "turn",
      conditions: Array.from({ length: random.between(1, 3) }, one),
      status: random.chance(0.7) ? { heading: this.#word() } : {},
      match: random.chance(0.8) ? "any" : "all",
      says: random.pick(["userDone", "userDone", "userGaveUp", null]),
      meanwhile,
    };
  }

  #says(): CommandMove {
    const params = { heading: this.#word(), ...(this.#random.chance(0.3) && { subheading: this.#word() }) };
    return { kind: "command", command: "updateStatus", params };
  }

  #word(): string {
    const says = this.#active.manifest.says.map((one) => one.replace("{n}", String(this.#random.between(0, 99))));
    return this.#random.chance(0.85) ? this.#random.pick(["", ...says]) : this.#random.pick(hostileTexts);
  }

  #batch(): CommandMove {
    const one = () =>
      this.#random.pick([this.#stepping(), this.#asking(), this.#says(), this.#free(), ...this.#reading()]);
    const commands = Array.from({ length: this.#random.between(1, 4) }, one) as CommandMove[];
    return {
      kind: "command",
      command: "batch",
      params: { commands: commands.map(({ command, params }) => ({ command, params })) },
    };
  }

  #free(): CommandMove {
    const command = this.#random.pick([...this.#commands, "nothing", "constructor", "__proto__"]);
    return { kind: "command", command, params: freeParams(command, this.#random.pick(hostileTexts), this.#random) };
  }

  /** A declaration's name, or sometimes one that is nearly it. */
  #named(name: string): string {
    if (this.#random.chance(0.96)) return name;
    const [label = ""] = name.split("@");
    const others = this.#operations.flatMap(({ steps, reads }) => [...steps.keys(), ...reads.keys()]);
    return this.#random.pick([label, `${label}@00000000`, `constructor@00000000`, this.#random.pick(others)]);
  }
}

const lengthOf = ({ shape }: ReadDeclaration) => JSON.stringify(shape).length;

const argumentsOf: Readonly<Record<string, readonly [string, string]>> = {
  "cc-number": ["4242424242424242", "5555444433332222"],
  "cc-exp": ["09/29", "10/30"],
  "cc-csc": ["123", "1234"],
  "postal-code": ["98101", "98102"],
};
