import { readFileSync } from "node:fs";
import { Random } from "../chaos/random.ts";
import { Declarations } from "./declared-names.ts";
import { filledOf } from "./declared-request.ts";
import { DeedsJudge } from "./deeds-judge.ts";
import { FrameParser, type Said } from "./frame-parser.ts";
import { GreedyMoves } from "./greedy-moves.ts";
import { demand, type Move } from "./move.ts";
import { ScriptedDevice } from "./scripted-device.ts";
import { ServerMoves } from "./server-moves.ts";
import type { Session } from "./sessions.ts";
import { canary, codeCanary, SiteWords, storedAt } from "./site-words.ts";

const { commands } = JSON.parse(readFileSync("protocol/src/schema.json", "utf8")) as {
  commands: Record<string, object>;
};
const commandNames = Object.keys(commands);

/** What a sequence has reached. */
export interface Tally {
  moves: number;
  refused: number;
  /** By read. */
  data: Map<string, number>;
  commits: number;
  turns: number;
  events: number;
}

export const emptyTally = (): Tally => ({
  moves: 0,
  refused: 0,
  data: new Map(),
  commits: 0,
  turns: 0,
  events: 0,
});

/** Plays one sequence, which follows from its number alone. @throws with what does not hold, and the moves that led there. */
export async function playSequence(seed: number, session: Session, tally: Tally): Promise<void> {
  const played = new Sequence(seed, session);
  try {
    await played.run(tally);
  } catch (error) {
    const moves = played.moves
      .slice(-40)
      .map((one) => JSON.stringify(one))
      .join("\n  ");
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`Property failed in sequence ${seed} of ${session.name}: ${why}\n  ${moves}`);
  }
}

class Sequence {
  readonly moves: Move[] = [];
  readonly #random: Random;
  readonly #session: Session;
  readonly #typed: string[] = [];
  readonly #words: SiteWords;
  readonly #judge: DeedsJudge;
  readonly #parser: FrameParser;
  readonly #device: ScriptedDevice;
  readonly #seed: number;
  /** Whether it goes on until the session's limits are reached. */
  readonly #greedy: boolean;
  readonly #steady: boolean;

  constructor(seed: number, session: Session) {
    const random = new Random(seed);
    this.#seed = seed;
    this.#random = random;
    this.#session = session;
    // A few sites are so large that a session's limits are reached.
    this.#greedy = random.chance(0.02);
    // All reads of a session take nearly all bits that it has, and a failure costs more of them than an answer.
    this.#steady = this.#greedy && random.chance(0.5);
    const long = this.#greedy ? random.chance(0.5) : random.chance(0.02);
    const mood = { misfits: this.#greedy ? 0 : random.pick([0, 20, 60]), long, typed: this.#typed };
    this.#words = new SiteWords(random, mood);
    this.#judge = new DeedsJudge(session, this.#words.held);
    this.#parser = new FrameParser(session);
    this.#device = new ScriptedDevice(session, this.#site());
  }

  async run(tally: Tally): Promise<void> {
    const { webview, events } = this.#device;
    const random = this.#random;
    const learnt = { get: (place: string) => this.#judge.learnt.get(place) } as ReadonlyMap<
      string,
      ReadonlySet<string>
    >;
    const server = this.#greedy
      ? new GreedyMoves(random, this.#session)
      : new ServerMoves(random, this.#session, commandNames, learnt);
    for (let left = this.#greedy ? 1 : random.between(3, 9); left > 0; ) {
      const move = server.next();
      this.moves.push(move);
      if (!this.#greedy) this.#happens();
      else if (!this.#steady && random.chance(0.15)) webview.wanders(webview.url());
      const before = webview.deeds.length;
      const at = webview.url();
      const isSpent = this.#parser.isSpent;
      const { answer, meanwhile } = await this.#device.play(move);
      const said = this.#parser.answer(answer, move);
      this.#demandNoSecret(answer);
      if (move.kind === "turn")
        for (const [index, frame] of meanwhile.entries()) {
          const sent = move.meanwhile[index];
          if (!sent) continue;
          this.#demandNoSecret(frame);
          const told = this.#parser.answer(frame, sent);
          if (sent.command !== "updateStatus")
            demand(told.kind === "error", "a command was done while the person had the page");
          if (sent.command === "updateStatus" && this.#judge.mustRefuse(sent))
            demand(told.kind === "error", "words were shown");
          if (sent.command === "updateStatus" && told.kind === "done") this.#judge.say(sent.params);
        }
      // What is drawn over the page is drawn at once, and looked at with the deeds of its move.
      const deeds = webview.deeds.slice(before);
      this.#judge.judge(move, said, deeds, at);
      demand(!isSpent || deeds.every(({ kind }) => kind === "overlay"), "a session went on that has told all it may");
      for (const frame of events.splice(0)) {
        this.#parser.events(frame);
        this.#demandNoSecret(frame);
        tally.events += 1;
      }
      count(tally, move, said);
      if (server.isIdle) left -= 1;
    }
    tally.commits += this.#judge.commits;
  }

  /** What a page does by itself, and a person in their turns before. */
  #happens(): void {
    const { webview } = this.#device;
    const random = this.#random;
    if (random.chance(0.05)) webview.wanders(this.#elsewhere());
    if (random.chance(0.05)) this.#types();
    if (random.chance(0.03)) this.#device.lend();
    if (random.chance(0.05)) {
      const url = random.chance(0.5) ? this.#elsewhere() : webview.url();
      const incident = random.pick([
        { type: "window.opened", window: "popup-1", opener: "main", url },
        { type: "external_app.requested", window: "main", scheme: random.pick(["tel", "zqcanaryqz"]) },
        { type: "download.refused", url },
      ] as const);
      webview.emit({ type: "incident", incident });
    }
  }

  /** The person types a secret, which the site repeats from then on where it can. */
  #types(): void {
    const value = `Pw${this.#seed}x${this.#typed.length}Zq`;
    const message = {
      type: "typed",
      field: `f${this.#typed.length}`,
      host: "shop",
      kind: "password",
      near: true,
      value,
    };
    this.#typed.push(value);
    this.#device.webview.emit({ type: "message", text: JSON.stringify(message) });
  }

  #elsewhere(): string {
    const random = this.#random;
    const { origins, steps, reads } = random.pick(this.#session.manifests);
    const places = Object.values(steps).flatMap((step) => ("go" in step ? [step.go] : []));
    const on = Object.values(reads).map((read) => read.on);
    return random.pick([
      `${random.pick(origins)}/${canary}?code=${canary}`,
      `${random.pick(places)}?name=${canary}#${canary}`,
      ...on.map(({ origin, path }) => `${origin}${path.replace(/\/$/, "")}ing`),
      ...on.map(({ origin, path }) => `${origin}${path}${path.endsWith("/") ? "" : "/"}${canary}`),
      `https://evil.example/${canary}`,
    ]);
  }

  #site() {
    const random = this.#random;
    const words = this.#words;
    const reads = this.#session.manifests.flatMap((one) => [...new Declarations(one).reads.values()]);
    const whole = new Set(
      reads.flatMap(({ read }) =>
        read.source === "page" ? Object.keys(read.fields).filter((name) => read.fields[name]?.pick === undefined) : [],
      ),
    );
    const calm = random.chance(0.7);
    return {
      words: `<h1>${canary}</h1>`,
      status: () =>
        this.#steady || random.chance(0.9) ? random.pick([200, 200, 201]) : random.pick([404, 403, 429, 500, 599, 302]),
      body: (request: Parameters<typeof filledOf>[1]) => {
        const fitting = reads.filter(({ read }) => filledOf(read, request) !== null);
        const asked = fitting.length > 0 ? random.pick(fitting) : undefined;
        return asked?.read.source === "request" ? words.body(asked.label, asked.read.shape) : `{"a":"${canary}"}`;
      },
      text: (field: string) => words.text(whole.has(field)),
      stored: (area: string, key: string) => storedAt(`${area}:${key}`),
      shows: () => this.#steady || random.chance(calm ? 0.95 : 0.7),
      lands: (url: string) => (random.chance(0.92) ? url : this.#elsewhere()),
      frameUrl: () => {
        const frames = this.#session.manifests.flatMap(({ steps }) =>
          Object.values(steps).flatMap((step) => ("frame" in step && step.frame ? [step.frame.origin] : [])),
        );
        return random.chance(0.9)
          ? `${random.pick(frames)}/card`
          : random.pick(["https://evil.example/card", "about:blank", "data:text/html,card"]);
      },
    };
  }

  #demandNoSecret(sent: string): void {
    // The time of an event is the device's own number, and has every six digits once in a thousand seconds.
    const frame = sent.replaceAll(/"ts":\d{13}(?=[,}])/g, '"ts":0');
    for (const secret of [canary, codeCanary, ...this.#typed])
      demand(!frame.includes(secret), `a frame has ${secret}: ${frame.slice(0, 400)}`);
  }
}

function count(tally: Tally, move: Move, said: Said): void {
  tally.moves += 1;
  if (said.kind === "error") tally.refused += 1;
  if (said.kind === "turn" && move.kind === "turn") tally.turns += 1;
  const entries = said.kind === "batch" ? said.entries : [said];
  for (const one of entries)
    if (one.kind === "read" && one.data) tally.data.set(one.label, (tally.data.get(one.label) ?? 0) + 1);
}
