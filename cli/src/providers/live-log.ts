import { failureReasons } from "@passage/automation/failure";
import type { Issued } from "@passage/automation/issued";
import { type DeviceYield, requestLabel } from "@passage/protocol/declared-commands";
import { errorHelp } from "@passage/protocol/error-help";
import { type ErrorCode, PassageError } from "@passage/protocol/errors";
import { nameOfStep, type Step } from "@passage/providers/steps/step";
import { placesIn } from "./code-place.ts";
import type { Answered, RunOutcome } from "./runner.ts";

/** One line for an answered request: its number, what it was, how long it took and what came. Never a value that was typed or read. */
export function answeredLine({ seq, issued, answer, ms }: Answered): string {
  const outcome =
    "error" in answer ? `${answer.error.code}: ${firstLine(answer.error.message)}` : resultOf(issued, answer.result);
  return `${String(seq).padStart(3)}  ${describe(issued).padEnd(56)} ${String(ms).padStart(6)} ms  ${outcome}`;
}

/** What a request asks for: its command with the name of what it is about, or the words that the person reads. */
export function describe(issued: Issued): string {
  if ("yield" in issued) return withHeading("turn", issued.yield.status?.heading);
  const { heading } = issued.params as { readonly heading?: string };
  return withHeading(requestLabel(issued.command, issued.params), heading);
}

function withHeading(label: string, heading: string | undefined): string {
  return heading ? `${label} "${heading}"` : label;
}

/**
 * That it is the person's turn, and what ends it: the conditions, with the number that the answer names.
 * @param steps those of the operation's manifest.
 * @param isReachable whether there is a window, or a port for whoever plays the person.
 */
export function yourTurnLines(issued: Issued, steps: readonly Step[], isReachable: boolean): string[] {
  if (!("yield" in issued)) return [];
  const { conditions, match } = issued.yield;
  return [
    `     your turn: ${describe(issued)}, until ${match === "all" ? "all of these hold" : "one of these holds"}`,
    ...conditions.map((condition, index) => `${String(index).padStart(8)}  ${conditionWords(condition, steps)}`),
    ...(isReachable ? [] : ["     nobody can reach the page: leave out --headless, or give --cdp-port <port>"]),
  ];
}

/** How a run ended, in lines: the error with what was expected and what was seen, where in the provider's folder, and what to do. */
export function endedLines({ ended, thrown, ms, journal }: RunOutcome, folder: string): string[] {
  const seconds = (ms / 1000).toFixed(1);
  if ("result" in ended) return [`complete: ${journal.length} requests in ${seconds} s`];
  const { code, message, details = {} } = ended.error;
  const { reason, expected, seen, ...rest } = details;
  return [
    `failed after ${seconds} s: ${code}${reason ? ` (${reason})` : ""}`,
    `  ${message}`,
    ...(expected === undefined ? [] : [`  expected: ${text(expected)}`]),
    ...(seen === undefined ? [] : [`  seen:     ${text(seen)}`]),
    ...Object.entries(rest).map(([name, value]) => `  ${name}: ${text(value)}`),
    ...thrownLines(thrown, folder),
    ...remedyOf(rest.code ?? reason),
  ];
}

/** What the provider's code threw, and its line: a bug is its author's to see, while a link is told its kind alone. */
export function thrownLines(thrown: unknown, folder: string): string[] {
  const isBug = thrown instanceof Error && !(thrown instanceof PassageError);
  const [place] = placesIn(folder, thrown);
  return [...(isBug ? [`  thrown: ${thrown.message}`] : []), ...(place ? [`  at ${place}`] : [])];
}

/** A device's codes come with what to do about them; a failure's reason says whom to blame instead. */
function remedyOf(code: unknown): string[] {
  if (typeof code !== "string" || !Object.hasOwn(errorHelp, code) || Object.hasOwn(failureReasons, code)) return [];
  return [`  what to do: ${errorHelp[code as ErrorCode].remedy}`];
}

/** A condition as its step declares it. */
function conditionWords(condition: DeviceYield["conditions"][number], steps: readonly Step[]): string {
  if (condition.type !== "step") return condition.type;
  const declaration = steps.find((step) => nameOfStep(step) === condition.step)?.declaration;
  const name = condition.step.replace(/@.*/, "");
  if (!declaration) return name;
  if ("commit" in declaration) return `${name}: the person's yes to “${declaration.ask}”`;
  if (!("when" in declaration)) return name;
  switch (declaration.when) {
    case "url":
      return `${name}: the address is ${declaration.origin}, and its path fits ${declaration.path}`;
    case "visible":
    case "hidden":
      return `${name}: ${declaration.when} ${declaration.selector}`;
    case "done":
      return `${name}: the person says that they are done`;
    case "idle":
      return `${name}: the page asks for nothing more`;
  }
}

/** The few results that tell nothing of the person. */
function resultOf(issued: Issued, result: unknown): string {
  const { status, matched, condition, reason } = (result ?? {}) as Record<string, unknown>;
  if ("yield" in issued) return matched ? `condition ${condition ?? 0}` : `not met (${reason})`;
  return typeof status === "string" ? status : "ok";
}

function firstLine(message: string): string {
  return message.split("\n")[0] ?? "";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
