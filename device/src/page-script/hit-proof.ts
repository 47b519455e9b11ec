import { globals, type Read, type Retry } from "./api.ts";
import { describe } from "./describe.ts";
import { topUnder } from "./hit-target.ts";
import { isFrame, windowOf } from "./kinds.ts";
import { read, retry } from "./outcomes.ts";
import { pressable } from "./retarget.ts";

export type Pointed = "click" | "hover";

/** What a document is to hear of the next action of the pointer, and what it has heard. */
interface Watch {
  /** Null where the pointer should touch nothing. */
  readonly target: Element | null;
  readonly kind: Pointed;
  readonly until: number;
  /** Asked at each event of a press; a text is why it is kept from the page. */
  readonly problem: (() => string | null) | null;
  outcome: true | string | null;
}

/** A page that is busy takes its input late. So long after it was announced, it is somebody else's. */
const longestMs = 30_000;
const presses = ["pointerdown", "mousedown"];
const clicks = [...presses, "pointerup", "mouseup", "click", "auxclick", "dblclick", "contextmenu"];
const moves = ["pointermove", "mousemove"];

let watch: Watch | null = null;
let watching: readonly HitProof[] = [];

/** What a document's page script offers to that of the document around it. */
export interface HitProof {
  expect(target: Element | null, kind: Pointed, problem?: Watch["problem"]): void;
  has(): boolean;
  heard(): true | string | null;
}

export const hitProof: HitProof = {
  expect(target, kind, problem = null) {
    watch = { target, kind, problem, until: performance.now() + longestMs, outcome: null };
    listen();
  },
  has: () => watch?.outcome === true,
  heard() {
    const outcome = watch?.outcome ?? null;
    watch = null;
    return outcome;
  },
};

/** Listens before any script of the page does, so that none can keep the event from this one. */
export function listen(): void {
  // Adding it once more does nothing, unless `document.open` has taken it away.
  for (const type of [...clicks, ...moves]) addEventListener(type, hear, { capture: true });
}

/** Announces that the pointer is about to act on the element: whatever else receives the event is kept from it. */
export function expectHit(element: Element | null, kind: Pointed, problem: Watch["problem"] = null): void {
  const proofs: HitProof[] = [];
  for (let view = element ? windowOf(element) : window; ; view = view.parent as typeof window) {
    const proof = proofIn(view);
    if (proofs.length === 0) proof?.expect(element, kind, problem);
    else proof?.expect(null, kind);
    if (proof) proofs.push(proof);
    if (view === window) break;
  }
  watching = proofs;
}

/** See {@link PageApi.pressed}. */
export function pressed(): boolean {
  return watching.some((proof) => proof.has());
}

/** Whether the element received the event; a retry when something else would have. */
export function received(element: Element | null): Read<boolean> | Retry {
  const outcomes = watching.map((proof) => proof.heard());
  watching = [];
  const other = outcomes.find((outcome) => typeof outcome === "string");
  if (other) return retry(other, true);
  // What happens in a frame is heard in its own document.
  return read(outcomes.includes(true) || isFrame(element));
}

function proofIn(view: Window): HitProof | undefined {
  return view === window ? hitProof : (Reflect.get(view, globals.api) as { hitProof?: HitProof } | undefined)?.hitProof;
}

function hear(event: Event): void {
  if (!watch || !event.isTrusted || performance.now() > watch.until) return;
  if (!(watch.kind === "click" ? clicks : moves).includes(event.type)) return;
  // A release alone is no click: the press may have gone to the frame around this one, when this one has just moved.
  if (watch.kind === "hover" || presses.includes(event.type)) watch.outcome ??= judge(event, watch.target);
  if (watch.outcome === true) watch.outcome = watch.problem?.() ?? true;
  if (watch.outcome === true) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function judge(event: Event, target: Element | null): true | string {
  const path = event.composedPath();
  if (target && (path.includes(target) || path.includes(pressable(target)))) return true;
  const hit = path[0] instanceof Element ? path[0] : document.documentElement;
  const other = describe(target ? topUnder(hit, target) : hit);
  return `${other} was in its place when the pointer came; it was kept from the event`;
}
