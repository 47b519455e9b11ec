import { batch, commandDeadlineMs } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import type { z } from "zod";
import { type AnswerShape, batchShape } from "../egress/shapes.ts";
import { accept, deadlineMs, invalidParams, type Performed, perform } from "./dispatch.ts";
import type { CommandParts } from "./parts.ts";
import { Progress } from "./progress.ts";

export type BatchParams = z.output<typeof batch.params>;
type Entry = z.output<typeof batch.result>["results"][number];

/** Checks a batch's params. A batch within a batch is refused before anything runs. */
export function acceptBatch(params: unknown): BatchParams | PassageError {
  const parsed = batch.params.safeParse(params);
  if (!parsed.success) return invalidParams("batch", parsed.error);
  const nested = parsed.data.commands.some(({ command }) => command === "batch");
  return nested ? new PassageError("invalid_params", "batch: a batch cannot hold a batch") : parsed.data;
}

export function batchDeadlineMs(params: BatchParams): number {
  return commandDeadlineMs("batch", params);
}

/**
 * Runs the commands in order, each under its own deadline, until one fails. What ends the batch from outside (a cancel,
 * the page's end) is the batch's own error; what fails within is its last entry.
 */
export async function runBatch(
  parts: CommandParts,
  { commands: list }: BatchParams,
  progress: Progress,
  refusal: () => PassageError | null,
): Promise<{ result: { results: Entry[] }; shape: AnswerShape }> {
  const results: Entry[] = [];
  const shapes: (AnswerShape | null)[] = [];
  for (const { command, params } of list) {
    const done = await runOne(parts, command, params ?? {}, progress, refusal);
    progress.signal.throwIfAborted();
    if (done instanceof PassageError) {
      results.push({ error: { code: done.code, message: done.message } });
      shapes.push(null);
      break;
    }
    results.push({ result: done.result });
    shapes.push(done.shape);
  }
  return { result: { results }, shape: batchShape(shapes) };
}

async function runOne(
  parts: CommandParts,
  command: string,
  params: unknown,
  batchProgress: Progress,
  refusal: () => PassageError | null,
): Promise<Performed | PassageError> {
  const refused = refusal();
  if (refused) return refused;
  const accepted = accept(parts, command, params);
  if (accepted instanceof PassageError) return accepted;
  const progress = new Progress(deadlineMs(accepted), batchProgress);
  try {
    return await perform(parts, accepted, progress);
  } catch (error) {
    return progress.explain(error);
  } finally {
    progress.finish();
  }
}
