import { PassageError } from "@passage/protocol/errors";
import type { Operation } from "./operation.ts";
import type { Page } from "./page.ts";

/**
 * Runs an operation and checks what it found against its result schema.
 * @param given the arguments as the developer gave them.
 * @throws RESULT_VALIDATION_ERROR with the places that do not fit; whatever the run itself throws.
 */
export async function runOperation(operation: Operation, page: Page, given: unknown): Promise<unknown> {
  const { resource, action } = operation;
  await page.begin({ operation: `${resource}:${action}` });
  const data = await operation.run(page, operation.arguments ? operation.arguments.parse(given) : {});
  const checked = operation.result.safeParse(data);
  if (checked.success) return checked.data;
  const name = `${resource}:${action}`;
  const issues = checked.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const spot = { expected: "a result that fits its schema", seen: issues.map(({ path }) => path).join(", ") };
  const details = { reason: "schema_drift", ...spot, issues: issues.slice(0, 10) };
  throw new PassageError("RESULT_VALIDATION_ERROR", `The result of ${name} does not fit its schema.`, { details });
}
