import { linkError } from "@passage/automation/failure";
import type { Provider } from "@passage/automation/operation";
import type { Page } from "@passage/automation/page";
import { runOperation } from "@passage/automation/run-operation";
import { PassageError } from "@passage/protocol/errors";
import { maxResultBytes } from "@passage/protocol/http/fields";
import { findOperation, findProvider } from "../catalog.ts";
import type { LinkAttempt } from "./session-config.ts";
import { signedManifests } from "./signed-manifests.ts";

/** What one operation gave. */
export interface Finished {
  readonly resource: string;
  readonly action: string;
  readonly data: unknown;
}

/**
 * What an attempt runs: its operations in order, each result checked against its schema before the next one begins.
 * `given` are their arguments; `onFinished` hears of what is done when more is to come.
 */
export async function runOperations(
  attempt: LinkAttempt,
  given: readonly unknown[],
  page: Page,
  onFinished: (finished: readonly Finished[]) => void,
): Promise<unknown> {
  const provider = findProvider(attempt.providerId);
  if (!provider)
    throw new PassageError("UNKNOWN_PROVIDER", `This server has no provider ${attempt.providerId} any more.`);
  const finished: Finished[] = [];
  for (const [index, { resource, action }] of attempt.operations.entries()) {
    if (index > 0) onFinished(finished);
    const data = await runNamed(provider, resource, action, given[index] ?? {}, page);
    finished.push({ resource, action, data });
    checkSize(finished);
  }
  return finished.length === 1 ? finished[0]?.data : { operations: finished };
}

function checkSize(finished: readonly Finished[]): void {
  const bytes = new TextEncoder().encode(JSON.stringify(finished)).byteLength;
  if (bytes <= maxResultBytes) return;
  const message = `The result is ${bytes} bytes of JSON; at most ${maxResultBytes} can be delivered. Ask for less in one link.`;
  const details = { reason: "result_too_large", bytes, limit: maxResultBytes };
  throw new PassageError("RESULT_VALIDATION_ERROR", message, { details });
}

/** One operation; its error names it. */
async function runNamed(provider: Provider, resource: string, action: string, given: unknown, page: Page) {
  const name = `${resource}:${action}`;
  const operation = findOperation(provider, resource, action);
  if (!operation) throw new PassageError("UNKNOWN_PROVIDER", `${provider.name} has no operation ${name} any more.`);
  try {
    return await runOperation(operation, page, given);
  } catch (error) {
    const { code, message, details } = linkError(error);
    throw new PassageError(code, message, { details: { operation: name, ...details }, cause: error });
  }
}

/** What an attempt may do, as the publisher signed it, and what it does in words. */
export function mandateOf({ providerId, operations }: Pick<LinkAttempt, "providerId" | "operations">) {
  const provider = findProvider(providerId);
  return {
    manifests: signedManifests(providerId, operations),
    operations: operations.map(({ resource, action }) => ({
      resource,
      action,
      description: (provider && findOperation(provider, resource, action)?.description) ?? `${resource} (${action})`,
    })),
  };
}
