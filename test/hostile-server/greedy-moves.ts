import type { Random } from "../chaos/random.ts";
import { Declarations } from "./declared-names.ts";
import type { CommandMove, Move } from "./move.ts";
import type { Session } from "./sessions.ts";

/** A server that asks one thing again and again, until a session's limits are reached. */
export class GreedyMoves {
  readonly #planned: Move[];

  constructor(random: Random, { manifests }: Session) {
    const declares = new Declarations(manifests[0] as Session["manifests"][number]);
    const command = (name: string, params: object): CommandMove => ({
      kind: "command",
      command: name,
      params: { ...params, timeout: 15 },
    });
    const reads = [...declares.reads].filter(([, { read }]) => Object.keys(read.params ?? {}).length === 0);
    const [name = "", one] = random.pick(reads) ?? [];
    const place = [...declares.steps].find(
      ([, step]) => "go" in step && one && step.go.startsWith(one.read.on.origin + one.read.on.path),
    );
    const [condition = ""] = [...declares.steps].find(([, step]) => "when" in step && step.when === "visible") ?? [];
    const asked = random.pick([
      [command("read", { read: name }), 530],
      [command("at", { step: condition }), 1_100],
      [command("read", { read: "nothing@00000000" }), 230],
    ] as const);
    const begin: CommandMove = { kind: "command", command: "begin", params: { operation: declares.operation } };
    const places = place ? [command("step", { step: place[0] })] : [];
    this.#planned = [begin, ...places, ...Array.from({ length: asked[1] }, () => asked[0])];
  }

  get isIdle(): boolean {
    return this.#planned.length === 0;
  }

  next(): Move {
    return this.#planned.shift() as Move;
  }
}
