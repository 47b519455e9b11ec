import type { Deed } from "../../device/test/scripted-webview.ts";
import { Declarations } from "./declared-names.ts";
import { elementsOf, isBelow, isOfKind, selectorsOf } from "./declared-page.ts";
import { filledOf, storedPlaces } from "./declared-request.ts";
import type { Said } from "./frame-parser.ts";
import { type CommandMove, demand, type Move } from "./move.ts";
import { PlayedOperation } from "./played-operation.ts";
import type { Session } from "./sessions.ts";
import { storedAt } from "./site-words.ts";

/** The overlay's own words. */
const ownWords = [
  "",
  "Working on it",
  "You will be asked when it is your turn",
  "Passage then presses the site's button for you, once",
];
/** What the device asks of a page for itself. */
const ownQuestions = ["storage", "holds", "keeps", "deselect"];

/**
 * Judges what was done to the page by the manifests alone: every load, click, fill, request, question and word is one that the active
 * operation declares, and a commit is made once, after the person's yes to the right question.
 */
export class DeedsJudge {
  readonly #all: readonly Declarations[];
  readonly #signIn: ReadonlySet<string>;
  /** What the site wanted to stay on the device, by its place. */
  readonly #held: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #spoken = new Set(ownWords);
  #active: PlayedOperation | null = null;
  #next = 0;
  commits = 0;

  constructor({ manifests }: Session, held: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#all = manifests.map((one) => new Declarations(one));
    this.#signIn = new Set(manifests.flatMap(({ signIn }) => signIn));
    this.#held = held;
  }

  get learnt(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#active?.learnt ?? new Map();
  }

  /** Why the move must come to nothing, by the manifests alone; null where it may be done. */
  mustRefuse(move: Move): string | null {
    if (move.kind === "turn") {
      const free = move.conditions.find((one) => (one as { type: string }).type !== "step");
      if (free) return "a free condition";
      return (
        this.#unknownStep(move.conditions.map((one) => (one as { step: string }).step)) ??
        this.#unknownWord(move.status)
      );
    }
    const { command, params } = move;
    switch (command) {
      case "begin": {
        const index = this.#all.findIndex(({ operation }, at) => at >= this.#next && operation === params.operation);
        return index < 0 ? "no operation that is still to come" : null;
      }
      case "step": {
        const step = this.#active?.declares.steps.get(String(params.step));
        if (!step || "commit" in step) return "no step that may be taken";
        const mayHaveNth = "click" in step && step.nth !== undefined;
        const fits = "nth" in params === mayHaveNth && "value" in params === "fill" in step;
        return fits && (!mayHaveNth || (Number(params.nth) >= 0 && Number(params.nth) < Number(step.nth)))
          ? null
          : "holes";
      }
      case "at":
        return this.#unknownStep([String(params.step)]);
      case "read":
        return this.#unknownRead(params);
      case "updateStatus":
        return this.#unknownWord(params);
      case "batch":
        return null;
      default:
        return "a free command";
    }
  }

  #unknownRead({ read: name, params = {} }: CommandMove["params"]): string | null {
    const known = this.#active?.declares.reads.get(String(name));
    if (!known) return "no read of the operation";
    const rules = Object.keys(known.read.params ?? {});
    // The device's parser drops this one before anything sees it.
    const given = Object.keys(params as object).filter((label) => label !== "__proto__");
    const isUnknown = given.some((one) => !rules.includes(one)) || rules.some((one) => !given.includes(one));
    return isUnknown ? "parameters that the read does not declare" : null;
  }

  #unknownStep(names: readonly string[]): string | null {
    return names.every((name) => this.#active?.declares.steps.has(name)) ? null : "no step of the operation";
  }

  #unknownWord({ heading, subheading }: { readonly heading?: unknown; readonly subheading?: unknown }): string | null {
    if (!this.#active) return "no operation";
    const words = [heading, subheading].filter((one) => typeof one === "string" && one !== "") as string[];
    return words.every((one) => this.#isSaid(one)) ? null : "words that the manifest does not have";
  }

  #isSaid(words: string): boolean {
    const isThat = (saying: string) => {
      const [before = "", after] = saying.split("{n}");
      if (after === undefined) return words === saying;
      const number = words.slice(before.length, words.length - after.length);
      return words.startsWith(before) && words.endsWith(after) && /^\d{1,6}$/.test(number);
    };
    return this.#active?.declares.manifest.says.some(isThat) ?? false;
  }

  /** @throws where anything was done that is not declared, or a page that is private has told something. */
  judge(move: Move, said: Said, deeds: readonly Deed[], atStart: string): void {
    const refused = this.mustRefuse(move);
    if (refused !== null) {
      demand(said.kind === "error", `${refused}, and it was done`);
      const done = deeds.find(({ kind }) => kind !== "overlay" && kind !== "said");
      demand(done === undefined, `${refused}, and the page had a ${done?.kind}`);
    }
    if (said.kind === "batch") {
      const list = (move as CommandMove).params.commands as CommandMove[];
      demand(list.length >= said.entries.length, "a batch had more entries than asked");
    }
    const before = this.#active;
    if (said.kind !== "batch") this.#settle(move, said);
    for (const deed of deeds) this.#demandDeclared(deed, move, deeds, before);
    if (said.kind === "turn" && said.gaveUp)
      for (const deed of deeds) if (deed.kind === "overlay" && deed.mode === "asks") this.#active?.refuse(deed.heading);
    if (said.kind === "batch")
      for (const [index, entry] of said.entries.entries()) {
        const inner = { kind: "command", ...((move as CommandMove).params.commands as object[])[index] } as CommandMove;
        const refusedInner = this.mustRefuse(inner);
        demand(refusedInner === null || entry.kind === "error", `${refusedInner}, and it was done in a batch`);
        this.#settle(inner, entry);
      }
    const isPrivate = this.#signIn.has(URL.parse(atStart)?.origin ?? "");
    demand(!isPrivate || said.kind !== "read", "a page where people sign in was read");
  }

  /** Words that were shown while the person had the page. */
  say({ heading, subheading }: CommandMove["params"]): void {
    for (const words of [heading, subheading]) if (typeof words === "string") this.#spoken.add(words);
  }

  #settle(move: Move, said: Said): void {
    if (move.kind === "command" && move.command === "begin" && said.kind === "done") {
      const index = this.#all.findIndex(({ operation }, at) => at >= this.#next && operation === move.params.operation);
      this.#next = index + 1;
      this.#active = new PlayedOperation(this.#all[index] as Declarations);
    }
    if (said.kind === "read" && said.data) this.#active?.learn(said.label, said.data.leaves);
  }

  #demandDeclared(deed: Deed, move: Move, deeds: readonly Deed[], before: PlayedOperation | null): void {
    if (deed.kind === "said") return;
    if (deed.kind === "overlay") return this.#demandWords(deed, move);
    const active = this.#active ?? before;
    demand(active !== null, `before any operation there was a ${deed.kind}`);
    const steps = [...active.declares.steps.values()];
    const reads = [...active.declares.reads.values()];
    switch (deed.kind) {
      case "load":
        return demand(
          steps.some((step) => "go" in step && new URL(step.go).href === deed.url),
          `the page was sent to ${deed.url}`,
        );
      case "look":
        return demand(
          steps.some((step) => selectorsOf(step).includes(deed.selector)),
          `the page was asked about ${deed.selector}`,
        );
      case "click": {
        const commit = steps.find((step) => "commit" in step && step.commit === deed.selector);
        if (commit && "commit" in commit) return this.#demandAsked(commit, move, deeds, active);
        return demand(
          steps.some((step) => "click" in step && selectorsOf(step).includes(deed.selector)),
          `a click went to ${deed.selector}`,
        );
      }
      case "arm":
        return demand(
          steps.some((step) => "commit" in step && step.commit === deed.selector),
          `a press of ${deed.selector} was armed`,
        );
      case "fill": {
        const step = steps.find((one) => "fill" in one && one.fill === deed.selector);
        demand(step !== undefined && "fill" in step, `${deed.selector} was filled`);
        const frame = deed.frame === null ? undefined : URL.parse(deed.frame)?.origin;
        demand(frame === undefined || frame === step.frame?.origin, `a frame of ${deed.frame} was filled`);
        demand(
          (deed.frame === null) === (step.frame === undefined),
          "a field was filled in another frame than declared",
        );
        demand(isOfKind(step.kind, deed.value), `a ${step.kind} field was given ${JSON.stringify(deed.value)}`);
        return active.give(step.from, deed.value);
      }
      case "request": {
        const found = reads.flatMap(({ read }) => {
          const filled = read.source === "request" ? filledOf(read, deed.request) : null;
          return filled ? [{ read, filled }] : [];
        });
        const [first] = found;
        demand(first !== undefined, `the page asked for ${JSON.stringify(deed.request)}`);
        demand(
          found.some(({ read }) => isBelow(deed.at, read.on)),
          `the page asked while it was at ${deed.at}`,
        );
        for (const { place, value } of first.filled.stored)
          demand(value === storedAt(place), `a header has what the site never stored at ${place}`);
        return active.demandFilled(first.read.params ?? {}, first.filled, this.#held);
      }
      case "stored": {
        const { origin, area, key, at } = deed;
        const found = reads.some(
          ({ read }) =>
            read.on.origin === origin && isBelow(at, read.on) && storedPlaces(read).includes(`${area}:${key}`),
        );
        return demand(found, `what the site has stored at ${area}:${key} was read while the page was at ${at}`);
      }
      case "extract": {
        const wanted = JSON.stringify({ ...deed.wanted, limit: undefined });
        const found = reads.find(({ read }) => read.source === "page" && JSON.stringify(elementsOf(read)) === wanted);
        demand(found !== undefined, `the page was read for ${wanted}`);
        return demand(isBelow(deed.at, found.read.on), `the page was read at ${deed.at}`);
      }
      case "other":
        return demand(ownQuestions.includes(deed.name), `the page was asked for ${deed.name}`);
    }
  }

  #demandWords({ heading, subheading, mode }: Extract<Deed, { kind: "overlay" }>, move: Move): void {
    if (mode === "asks") {
      const steps = [...(this.#active?.declares.steps.values() ?? [])];
      const questions = steps.flatMap((step) => ("commit" in step ? [this.#active?.question(step.ask)] : []));
      demand(questions.includes(heading) && this.#spoken.has(subheading), `the person was asked ${heading}`);
      return demand(this.#active?.isRefused(heading) !== true, `the person was asked again after a no: ${heading}`);
    }
    demand(mode !== "yours" || move.kind === "turn", "the person was given the page without a turn");
    // Words of an operation before stay until others come.
    const mayBeNew = move.kind === "turn" || ["updateStatus", "batch"].includes(move.command);
    for (const words of [heading, subheading]) {
      if (this.#spoken.has(words)) continue;
      demand(mayBeNew && this.#isSaid(words), `the person was shown ${words}`);
      this.#spoken.add(words);
    }
  }

  /** In this turn the person was asked, then said yes, and only then the button was pressed. */
  #demandAsked(
    { commit, ask }: { readonly commit: string; readonly ask: string },
    move: Move,
    deeds: readonly Deed[],
    active: PlayedOperation,
  ): void {
    const names = move.kind === "turn" ? move.conditions.map((one) => (one as { step: string }).step) : [];
    const isNamed = names.some((name) => {
      const step = active.declares.steps.get(name);
      return step !== undefined && "commit" in step && step.commit === commit;
    });
    demand(isNamed, "a commit was made that no turn named");
    const asked = deeds.findIndex(
      (one) => one.kind === "overlay" && one.mode === "asks" && one.heading === active.question(ask),
    );
    // A yes to an earlier turn may come late, and is none to this one's card.
    const yes = deeds.findIndex((one, at) => at > asked && one.kind === "said" && one.type === "userDone");
    const pressed = deeds.findIndex((one) => one.kind === "click" && one.selector === commit);
    demand(asked >= 0 && yes > asked && pressed > yes, "a commit was made without the person's yes");
    const armed = deeds.findIndex(
      (one) => one.kind === "arm" && one.selector === commit && active.isAbout(ask, one.values),
    );
    demand(armed >= 0 && armed < asked, "the page was not told what a commit is about before the person was asked");
    demand(
      deeds.every((one) => one.kind !== "click" || one.selector !== commit || one.isCommit),
      "the press of a commit was not held to what was asked",
    );
    active.press(commit);
    this.commits += 1;
  }
}
