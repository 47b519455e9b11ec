import type { RequestedOperation } from "@passage/connect";

/**
 * Reads `resource:action`, or `resource:action={"its":"arguments"}`.
 *
 * @throws with an example, for what is neither
 */
export function readOperation(text: string): RequestedOperation {
  const [, resource, action, json] = /^([^=]+):(read|write)(?:=(.*))?$/s.exec(text) ?? [];
  if (!resource)
    throw new Error(`${text} is no operation. Write mobileBillingStatement:read, or with arguments ${example}`);
  const named = { resource, action: action as RequestedOperation["action"] };
  if (json === undefined) return named;
  try {
    return { ...named, arguments: JSON.parse(json) };
  } catch (cause) {
    throw new Error(`The arguments of ${resource}:${action} are not JSON. Write for example ${example}`, { cause });
  }
}

const example = `'mobileBillingStatement:read={"limit":3}'`;
