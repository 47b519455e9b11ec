import type { Keystroke } from "../webview.ts";
import type { SensitiveKind } from "./sensitive.ts";

/** What the page script offers to the device. Everything here is JSON; expected failures are values. */

export type ElementState = "attached" | "detached" | "visible" | "hidden";

/** What must hold before the element is handed out. */
export type Need = ElementState | "clickable" | "fillable" | "focusable";

export interface Sought {
  readonly selector: string;
  readonly need: Need;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Failure {
  readonly kind: "failed";
  readonly code: "invalid_selector" | "strict_violation" | "not_actionable" | "blocked_private";
  readonly message: string;
  readonly matches?: readonly string[];
}

/** Not now, perhaps later. `found` tells a missing element from one that cannot take the action yet. */
export interface Retry {
  readonly kind: "retry";
  readonly reason: string;
  readonly found: boolean;
}

/** `handle` names the element for the act that follows in the same document. */
export interface Ready {
  readonly kind: "ready";
  readonly handle: number;
  readonly point: Point | null;
}

export interface Done {
  readonly kind: "done";
}

export type Overlay =
  | {
      readonly mode: "working";
      readonly heading: string;
      readonly subheading: string;
      readonly progress: number | null;
    }
  | { readonly mode: "yours"; readonly heading: string; readonly subheading: string; readonly doneButton: boolean };

/** What the page script says unasked, through the host's binding. */
export type PageMessage =
  | { readonly type: "userDone" }
  | { readonly type: "userGaveUp" }
  | ({ readonly type: "sensitive" } & FieldsReport)
  | TypedValue;

/** What a person has typed into a field by now. */
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
}

/** What the page script offers in each frame. */
export interface FrameApi {
  fields(): FieldsReport;
}

/** `guarded`: the page is private, so a selector may not ask for values (`askable.ts`). */
export interface PageApi extends FrameApi {
  /** Looks for the element until it is as needed or the slice is over. Acts on nothing, except that it may scroll. */
  find(sought: Sought, sliceMs: number, guarded: boolean): Promise<Ready | Done | Retry | Failure>;
  /** Clicks by script. */
  click(handle: number): Done | Retry;
  fill(handle: number, value: string): Done | Retry | Failure;
  /** Chooses exactly these options, by value or label. */
  select(
    handle: number,
    values: readonly string[],
  ): { readonly kind: "done"; readonly value: string[] } | Retry | Failure;
  focus(handle: number): Done | Retry;
  /** Presses a key by script, where the focus is. */
  press(stroke: Keystroke): Done;
  text(handle: number): string | null;
  attribute(handle: number, name: string): { readonly value: string | null } | null;
  /** The HTML inside the element, without the overlay. */
  html(handle: number): string | null;
  title(): string;
  content(): string;
  visible(selector: string, guarded: boolean): boolean | Failure;
  /** Which of the selectors are in their state now. Answers when that differs from `before`, or when the slice is over. */
  watch(
    conditions: readonly { readonly selector: string; readonly state: ElementState }[],
    before: readonly boolean[],
    sliceMs: number,
    guarded: boolean,
  ): Promise<readonly boolean[] | Failure>;
  /** Names and values of localStorage and sessionStorage. */
  storage(): readonly (readonly [string, string])[];
  overlay(state: Overlay): Done;
  /** Takes the overlay out of sight and covers what is editable, or ends both; answers once that is painted. */
  curtain(hidden: boolean): Promise<Done>;
  /** Whether what is editable is still where the curtain covered it. */
  masksFit(): boolean;
  /** See `sanitise.ts`. */
  snapshot(): { readonly title: string; readonly html: string };
}

/** The name of the API and of the host's binding, as globals of the isolated world. */
export const globals = { api: "passage", post: "passagePost" } as const;
