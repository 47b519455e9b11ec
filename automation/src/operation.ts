import type * as z from "zod";
import type { Page } from "./page.ts";
import type { Read } from "./read.ts";
import type { Step } from "./step.ts";

/**
 * What an operation may touch, read, do and say, and how sure we are that it works. The device lets it do nothing else. Live
 * addresses; test mode maps them to the sandbox.
 */
export interface Manifest {
  /** Every origin that the run may navigate to or that the person may sign in on. */
  readonly origins: readonly string[];
  /** Those of the origins where people sign in, and nothing else is read: the device keeps every page there private. */
  readonly signIn?: readonly string[];
  /** What leaves the device, by name. */
  readonly reads: Readonly<Record<string, Read>>;
  /** What is done on the page, by name. */
  readonly steps: Readonly<Record<string, Step>>;
  /** All words to the person; `{n}` stands for a number. */
  readonly says: readonly string[];
  /** `live`: run against the real site; `documented`: built from public sources; `synthetic`: our sandbox only. */
  readonly evidence: "live" | "documented" | "synthetic";
}

export interface Operation<Arguments extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> {
  readonly resource: string;
  readonly action: "read" | "write";
  /** One plain line that the user reads before agreeing, such as "Your phone bills". */
  readonly description: string;
  /** null: the operation takes none. */
  readonly arguments: Arguments | null;
  readonly result: Result;
  /** What a run could answer, with invented data: what a test link that is completed without a device results in. */
  readonly sample?: z.input<Result>;
  readonly manifest: Manifest;
  /** Deterministic: it is run again from the top after a restart, with the recorded answers. */
  run(page: Page, args: z.output<Arguments>): Promise<z.input<Result>>;
}

export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Grows whenever a run would ask for other things than before; a session stays with the version it began with. */
  readonly version: number;
  /** The live address that people know the service by. */
  readonly site: string;
  readonly operations: readonly Operation[];
}
