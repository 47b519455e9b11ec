import type { FieldKind } from "@passage/protocol/steps";
import type { Keystroke, Modifier } from "../webview.ts";
import type { Card, Overlay } from "./overlay/state.ts";
import type { PageRequest, PageResponse } from "./page-request.ts";
import type { SensitiveKind } from "./sensitive-kind.ts";

/** What the page script offers to the device. Everything here is JSON; expected failures are values. */

export type ElementState = "attached" | "detached" | "visible" | "hidden";
export type Action = "clickable" | "hoverable" | "fillable" | "selectable";

/** What to look for, and what must hold before it is handed out. */
export interface Sought {
  readonly selector: string;
  readonly need: ElementState | Action;
  readonly position?: Point | undefined;
  readonly force?: boolean | undefined;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Failure {
  readonly kind: "failed";
  readonly code:
    | "invalid_selector"
    | "strict_violation"
    | "not_actionable"
    | "blocked_private"
    | "blocked_secret"
    | "origin_not_allowed"
    | "payload_too_large"
    | "fetch_failed"
    | "fetch_timed_out";
  readonly message: string;
  readonly matches?: readonly string[];
  /** Told as the error's `details.reason`. */
  readonly reason?: "owned_field";
}

/** Not now, perhaps later. `found` tells a missing element from one that cannot take the action yet. */
export interface Retry {
  readonly kind: "retry";
  readonly reason: string;
  readonly found: boolean;
}

/** `handle` names the element for the act that follows in the same document; `point` is one of the script's window. */
export interface Ready {
  readonly kind: "ready";
  readonly handle: number;
  readonly point: Point | null;
}

/** The selector leads into a frame of another origin: `rest` is for the script in there. */
export interface Foreign {
  readonly kind: "foreign";
  readonly handle: number;
  readonly rest: string;
}

export interface Done {
  readonly kind: "done";
}

export interface Read<T> {
  readonly kind: "done";
  readonly value: T;
}

/** How the pointer acts. Without a position it goes to the element's middle. */
export interface Pointing {
  readonly position?: Point | undefined;
  readonly force?: boolean | undefined;
  readonly modifiers: readonly Modifier[];
}

/** What a field must hold, exactly, for a commit to be pressed. */
export interface CommitField {
  readonly selector: string;
  readonly value: string;
  readonly kind: FieldKind;
}

export interface Clicking extends Pointing {
  /** Whether it is the press that was armed, and none other. */
  readonly commit?: boolean | undefined;
  readonly button: "left" | "middle" | "right";
  readonly clickCount: number;
}

export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  /** base64 */
  readonly data: string;
}

/** What to read of each row, or of the document where `rows` is absent. */
export interface DomProjection {
  readonly rows?: string | undefined;
  readonly fields: Readonly<Record<string, FieldProjection>>;
  readonly limit: number;
}

export interface FieldProjection {
  readonly selector?: string | undefined;
  /** text, html or attribute:<name> */
  readonly read: string;
  readonly optional: boolean;
}

/** What the page script says unasked, through the host's binding. */
export type PageMessage =
  | ({ readonly type: "userDone" } & Card)
  | ({ readonly type: "userGaveUp" } & Card)
  /** A question is not in full sight: the page has covered, zoomed or dimmed it. */
  | ({ readonly type: "covered" } & Card)
  /** The page has rewritten its document, and may hear of the person's presses before the question does. */
  | ({ readonly type: "unaskable" } & Card)
  | ({ readonly type: "sensitive" } & FieldsReport)
  /** A person has copied, cut or pasted. */
  | { readonly type: "clipboard" }
  /** Input of a person was kept from a document in which code of the automation's own has run. */
  | { readonly type: "heldOff" }
  | TypedValue;

/** What a person has typed into a field by now. */
/** What a document's site has stored: names, and values as text. */
export interface Stored {
  readonly host: string;
  readonly entries: readonly (readonly [string, string])[];
}

export interface TypedValue {
  readonly type: "typed";
  /** Names the field, in whatever frame. */
  readonly field: string;
  readonly host: string;
  /** What the field is for, where that is a secret. */
  readonly kind: string | null;
  /** The field is on a page that asks for a secret, and is not for a name or an address. */
  readonly near: boolean;
  readonly value: string;
}

/** What one frame's document asks a person for, or holds of it, now. */
export interface FieldsReport {
  /** Names the document, as long as it is there. */
  readonly document: string;
  readonly kinds: readonly SensitiveKind[];
  /** Whether a field holds something that the automation did not put there: see docs/design/ownership.md. */
  readonly held?: boolean | undefined;
  /** Whether the document has ever had a sensitive field, however briefly. Told only when asked. */
  readonly had?: boolean;
  /** Whether a person has ever typed in the document. */
  readonly typed?: boolean | undefined;
  /** Whether it keeps a person's input out, as code of the automation's own has run there. */
  readonly ran?: boolean | undefined;
}

/** What the page script offers in each frame. */
export interface FrameApi {
  fields(): FieldsReport;
  /** Code of the automation's own is about to run here, or in a document that this one shares its origin with. */
  codeRan(): Done;
  /** Takes away whatever is selected. */
  deselect(): Done;
}

/** `guarded`: the page is private, so a selector may not ask for values (`private-selector-rules.ts`). */
export interface PageApi extends FrameApi {
  /** Looks for the element until it is as needed or the slice is over. Acts on nothing, except that it may scroll. */
  find(sought: Sought, sliceMs: number, guarded: boolean): Promise<Ready | Done | Retry | Failure | Foreign>;
  /** Where a point within the frame is in this window, once nothing is in its way. It may scroll. */
  reveal(frame: number, inside: Point, force: boolean): Promise<{ readonly kind: "at"; readonly point: Point } | Retry>;
  /**
   * Announces that the host's pointer is about to act on the element, or in another frame where `handle` is null. Whatever
   * else in this document would receive the event is kept from it. `presses`: how often it presses a button there. `commit`:
   * whether it is the press that was armed; then each event of it is kept from the page once that does not hold any more.
   */
  expectHit(handle: number | null, kind: "click" | "hover", presses?: number, commit?: boolean): Done | Retry | Failure;
  /** Whether the element has received the press, which is not let go yet. */
  pressed(): boolean;
  /** The person is about to be asked about a press of the element: it is for this document, this button and these values only. */
  armCommit(handle: number, fields: readonly CommitField[], guarded: boolean): Done | Retry | Failure;
  /** As `expectHit` announces it, where nothing is to be kept from the event. */
  announcePresses(handle: number, count: number): Done | Retry | Failure;
  /** The host's keyboard is about to press these keys, by their codes, or to write texts (`text:…`), for the automation. */
  announceKeys(entries: readonly string[]): Done | Failure;
  /** After the act: whether the element received the event. A retry names what was there in its place. */
  received(handle: number | null): Read<boolean> | Retry;
  /** The element itself, for a host that enters its frame. Not JSON. */
  element(handle: number): Element | null;
  /** Clicks by script. */
  click(handle: number, how: Clicking): Promise<Done | Retry | Failure>;
  /** Moves the pointer by script. */
  hover(handle: number, how: Pointing): Done | Retry | Failure;
  fill(handle: number, value: string): Done | Retry | Failure;
  /**
   * Whether the field has the value that it was filled with. With a kind, exactly, as fields of that kind write it; without, a mask's
   * brackets, or another case, still count as having it.
   */
  holds(handle: number, value: string, kind?: FieldKind | null): boolean;
  /** As `holds`, of the field that the selector matches. True where there is none. */
  keeps(selector: string, value: string, kind: FieldKind, guarded: boolean): Read<boolean> | Failure | Foreign;
  /** Chooses exactly these options, by value or label; of a select that takes one, the first that fits. Returns their values. */
  select(handle: number, values: readonly string[]): Read<string[]> | Retry | Failure;
  /** Whether a checkbox or radio button is checked, and whether it is a radio input, which cannot be unchecked. */
  checked(handle: number): Read<{ readonly checked: boolean; readonly radio: boolean }> | Retry | Failure;
  setFiles(handle: number, files: readonly GivenFile[]): Done | Retry | Failure;
  focus(handle: number): Done | Retry | Failure;
  /** Selects all that can be edited in the element, which has the focus then. */
  selectText(handle: number): Done | Retry | Failure;
  /** Presses a key by script, where the focus is. */
  press(stroke: Keystroke, holdMs: number): Promise<Done | Failure>;
  /** Types text that no key types, where the focus is. */
  insertText(text: string): Done | Failure;
  text(handle: number): Read<string> | Retry | Failure;
  /** The `innerText` of an HTML element. */
  innerText(handle: number): Read<string> | Retry | Failure;
  attribute(handle: number, name: string): Read<string | null> | Retry | Failure;
  value(handle: number): Read<string> | Retry | Failure;
  /** The HTML inside the element, without the overlay. */
  html(handle: number): Read<string> | Retry | Failure;
  /** Resolves after the tasks that the page has queued by now: a form that is submitted starts its navigation in one. */
  turn(): Promise<Done>;
  title(): string;
  content(): string;
  visible(selector: string, guarded: boolean): Read<boolean> | Failure | Foreign;
  count(selector: string, guarded: boolean): Read<number> | Failure | Foreign;
  /** Reads until all of it is there or the slice is over. */
  extract(
    projection: DomProjection,
    sliceMs: number,
    guarded: boolean,
  ): Promise<Read<unknown> | Retry | Failure | Foreign>;
  /** A request to the document's own origin, or to that of borrowed headers. */
  request(request: PageRequest, timeoutMs: number): Promise<Read<PageResponse> | Failure>;
  /** Which of the selectors are in their state now. Returns when that differs from `before`, or when the slice is over. */
  watch(
    conditions: readonly { readonly selector: string; readonly state: ElementState }[],
    before: readonly boolean[],
    sliceMs: number,
    guarded: boolean,
  ): Promise<readonly boolean[] | Failure>;
  /** See `storage.ts`. */
  storage(): Promise<Stored>;
  /** What the origin, which is the document's, has stored under that key; null for nothing. */
  storedValue(origin: string, area: "local" | "session", key: string): Read<string | null>;
  overlay(state: Overlay): Done;
  /** Puts a field with nothing but a blank in it into the overlay and gives it the focus, or takes it away. */
  blank(shown: boolean): Done;
  /** The closed shadow roots of the document, as the host sees them: fields and texts in them count from then on. */
  takeClosedRoots(...roots: readonly ShadowRoot[]): void;
  /** Every text that the page draws, in the order of the document; what is editable is not among them. */
  drawnTexts(): readonly string[];
  /**
   * Takes the overlay out of sight and covers what is editable, and the drawn texts at these places, or ends both; answers once
   * that is painted.
   */
  curtain(hidden: boolean, texts?: readonly number[]): Promise<Done | Failure>;
  /** Whether what is covered is still where the curtain covered it. */
  masksFit(): boolean;
  /** See `sanitise.ts`. */
  snapshot(): { readonly title: string; readonly html: string };
}

/** The name of the API and of the host's binding, as globals of the isolated world. */
export const globals = { api: "passage", post: "passagePost" } as const;
