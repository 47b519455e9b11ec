import type { JournalEntry } from "@passage/automation/journal";
import * as z from "zod";

/** How a request or a whole run ended. */
const outcome = z.union([
  z.object({ result: z.unknown() }),
  z.object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
]);

/**
 * One run of an operation as a file: what it asked, what the device answered (the site's responses among that, as far as the
 * run used them), and how it ended. Addresses are the live ones, wherever the run took place; personal data is replaced.
 */
export const recording = z.object({
  format: z.literal(1),
  provider: z.string(),
  /** The provider's version that was recorded. */
  version: z.number().int(),
  /** `resource:action` */
  operation: z.string(),
  /** Which site answered. */
  site: z.enum(["live", "sandbox"]),
  /** What was replaced by stand-ins of the same form: how many different values of each kind. */
  scrubbed: z.record(z.string(), z.number().int()),
  arguments: z.unknown(),
  journal: z.array(
    z.object({
      request: z.record(z.string(), z.unknown()),
      answer: outcome,
    }),
  ),
  ended: outcome,
});
export type Recording = z.infer<typeof recording>;

/** The file's name within a provider's `recordings/`: `loans-read-two-pages.json`. */
export function recordingFile(operation: string, name: string): string {
  return `${operation
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(":", "-")}-${name}.json`;
}

/** @throws with the place that does not fit. */
export function parseRecording(text: string): Recording {
  return recording.parse(JSON.parse(text));
}

/** One line a request, so that a change shows as the lines that changed. */
export function formatRecording({ journal, ended, ...head }: Recording): string {
  const lines = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  const entries = journal.map((entry) => `    ${JSON.stringify(entry)}`);
  return `{\n${lines.join("\n")}\n  "journal": [\n${entries.join(",\n")}\n  ],\n  "ended": ${JSON.stringify(ended)}\n}\n`;
}

/** The recorded answers as a journal that a run can be given. */
export function journalOf({ journal }: Recording): JournalEntry[] {
  return journal.map(({ request, answer }) => ({
    request: JSON.stringify(request),
    answer: answer as JournalEntry["answer"],
  }));
}
