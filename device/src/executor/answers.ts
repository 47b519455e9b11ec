import type { CommandResponse } from "@passage/protocol/session";
import type { AnswerSources } from "../egress/answer-sources.ts";
import type { Egress } from "../egress/gate.ts";
import type { AnswerShape } from "../egress/shapes.ts";

const remembered = 64;

interface Answer {
  readonly message: CommandResponse;
  readonly shape: AnswerShape | undefined;
  /** Until the answer has left. */
  readonly sources: AnswerSources | undefined;
}

/** The recent answers, by command id. One id has one answer, however often it is asked. */
export class Answers {
  readonly #egress: Egress;
  readonly #recent = new Map<string, Answer>();
  readonly #unsent = new Set<string>();

  constructor(egress: Egress) {
    this.#egress = egress;
  }

  give(message: CommandResponse, shape?: AnswerShape, sources?: AnswerSources): void {
    if (this.#recent.has(message.id)) return;
    const sent = this.#egress.send(message, shape, sources);
    if (!sent) this.#unsent.add(message.id);
    this.#recent.set(message.id, { message, shape, sources: sent ? undefined : sources });
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > remembered && oldest !== undefined) this.#recent.delete(oldest);
  }

  /** Repeats the answer to an id. False when there is none yet. */
  repeat(id: string): boolean {
    const answer = this.#recent.get(id);
    if (!answer) return false;
    if (!this.#egress.send(answer.message, answer.shape, answer.sources)) return true;
    this.#unsent.delete(id);
    this.#recent.set(id, { ...answer, sources: undefined });
    return true;
  }

  /** Sends what no socket has taken so far. */
  resume(): void {
    for (const id of [...this.#unsent]) this.repeat(id);
  }
}
