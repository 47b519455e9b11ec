import type { Shape } from "./shape.ts";
// What the params of several commands are made of.

export interface Deadline {
  /** The command's whole deadline on the device, in ms. Default 30,000. */
  timeout?: number | undefined;
}

export type WaitUntil = "commit" | "domcontentloaded" | "load";

export interface Loading extends Deadline {
  /** How far the page has come. Default `load`. */
  waitUntil?: WaitUntil | undefined;
}

export interface OnElement extends Deadline {
  /**
   * Playwright's: css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>` enters a frame. More than one
   * match is an error.
   */
  selector: string;
}

export interface Forceable extends OnElement {
  /** Acts without the checks that the action otherwise waits for. */
  force?: boolean | undefined;
}

export interface Pointing extends Forceable {
  /** Where, from the top left corner of the element's padding box, in CSS pixels. Default: its middle. */
  position?: { x: number; y: number } | undefined;
  /** Waits for the checks and does not act. */
  trial?: boolean | undefined;
}

export interface Hovering extends Pointing {
  /** Keys held down meanwhile. */
  modifiers?: ("Alt" | "Control" | "ControlOrMeta" | "Meta" | "Shift")[] | undefined;
}

export interface Clicking extends Hovering {
  /** Default `left`. */
  button?: "left" | "middle" | "right" | undefined;
  /** 2 is a double click. Default 1. */
  clickCount?: number | undefined;
}

/** A response of the session's own origins since the last navigate. */
export interface OnResponse extends Deadline {
  /** A linear-time (RE2) regular expression, searched in the response's URL. */
  url: string;
  method?: string | undefined;
  status?: number | undefined;
}

/** A selector within the row for its text, or what else to read of it. */
export type ExtractField =
  | string
  | {
      /** Within the row; the row itself where it is absent. */
      selector?: string | undefined;
      /** `text` (as a person reads it, in one line; of a select all its options), `html`, or `attribute:<name>`. Default `text`. */
      read?: string | undefined;
      /** Null where nothing matches, instead of an error. */
      optional?: boolean | undefined;
    };

export interface FromDom extends Deadline {
  from: "dom";
  /** One object an element that matches now; without it the page is one object. */
  rows?: string | undefined;
  /** What each object holds. Waits until each matches once. */
  fields: Record<string, ExtractField>;
  /** At most so many rows. Default 1000. */
  limit?: number | undefined;
}

export interface FromResponse extends OnResponse {
  from: "response";
  /** What leaves the device of the JSON. Default: all of it. */
  schema?: Shape | undefined;
}
