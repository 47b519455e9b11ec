import { type ErrorValue, PassageError } from "@passage/protocol/errors";
import type { Mode } from "@passage/protocol/ids";
import { findOperation, findProvider, sandboxTwin } from "@passage/providers/catalog";
import { failureOf } from "@passage/providers/failure";
import type { Page } from "@passage/providers/page";
import type { LinkAttempt } from "./opening.ts";

/** What an attempt runs: its operations in order, each result checked against its schema before the next one begins. */
export async function runOperations(attempt: LinkAttempt, page: Page): Promise<unknown> {
  const provider = findProvider(attempt.providerId);
  if (!provider)
    throw new PassageError("UNKNOWN_PROVIDER", `This server has no provider ${attempt.providerId} any more.`);
  const outcomes: { resource: string; action: string; data: unknown }[] = [];
  for (const { resource, action, arguments: given = {} } of attempt.operations) {
    const name = `${resource}:${action}`;
    const operation = findOperation(provider, resource, action);
    if (!operation) throw new PassageError("UNKNOWN_PROVIDER", `${provider.name} has no operation ${name} any more.`);
    const data = await operation.run(page, operation.arguments ? operation.arguments.parse(given) : {});
    const checked = operation.result.safeParse(data);
    if (!checked.success) {
      const issues = checked.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
      const details = { reason: "schema_drift", operation: name, issues: issues.slice(0, 10) };
      throw new PassageError("RESULT_VALIDATION_ERROR", `The result of ${name} does not fit its schema.`, { details });
    }
    outcomes.push({ resource, action, data: checked.data });
  }
  return outcomes.length === 1 ? outcomes[0]?.data : { operations: outcomes };
}

/** The origins that an attempt declares, as the device is to hold it to them. */
export function manifestOf(attempt: LinkAttempt, siteUrl: (liveUrl: string) => string) {
  const provider = findProvider(attempt.providerId);
  const operations = attempt.operations.map(({ resource, action }) => ({
    resource,
    action,
    definition: provider && findOperation(provider, resource, action),
  }));
  const manifests = operations.flatMap(({ definition }) => definition?.manifest ?? []);
  const live = (origins: readonly string[]) => [...new Set(origins)].map((origin) => siteUrl(origin));
  return {
    manifest: {
      provider: attempt.providerId,
      name: provider?.name ?? attempt.providerId,
      origins: live(manifests.flatMap(({ origins }) => origins)),
      signIn: live(manifests.flatMap(({ signIn }) => signIn ?? [])),
      commands: [...new Set(manifests.flatMap(({ commands }) => commands ?? []))],
    },
    operations: operations.map(({ resource, action, definition }) => ({
      resource,
      action,
      description: definition?.description ?? `${resource} (${action})`,
    })),
  };
}

/** Live addresses as they are; in test mode their sandbox twins. */
export function siteUrlFor(sandboxUrl: string | undefined): (mode: Mode) => (liveUrl: string) => string {
  return (mode) => (liveUrl) => (mode === "test" && sandboxUrl ? sandboxTwin(liveUrl, sandboxUrl) : liveUrl);
}

const linkCodes: ReadonlySet<string> = new Set([
  "AUTOMATION_ERROR",
  "RESULT_VALIDATION_ERROR",
  "UNKNOWN_PROVIDER",
  "CLIENT_TIMEOUT",
  "CONNECTION_FAILED",
]);

/** How a run's error stands on its link: a device's code becomes a failure that says who is to blame. */
export function linkError(error: unknown): ErrorValue {
  if (!(error instanceof PassageError))
    return {
      code: "AUTOMATION_ERROR",
      message: "The automation met a case that it does not handle.",
      details: { reason: "automation_bug", error: error instanceof Error ? error.name : typeof error },
    };
  if (linkCodes.has(error.code)) return error.toValue();
  const failed = failureOf(error);
  if (failed) return failed.toValue();
  return { code: "AUTOMATION_ERROR", message: error.message, details: { reason: error.code } };
}
