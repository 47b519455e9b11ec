import type { CreateLinkShorthand } from "@passage/connect";

type Operation = CreateLinkShorthand["operations"][number];

/**
 * Reads `resource:action`, or `resource:action={"its":"arguments"}`.
 *
 * @throws with an example, for what is neither
 */
export function readOperation(text: string): Operation {
  const [, type, json] = /^([^=]+:(?:read|write))(?:=(.*))?$/s.exec(text) ?? [];
  if (!type)
    throw new Error(`${text} is no operation. Write mobileBillingStatement:read, or with arguments ${example}`);
  if (json === undefined) return { type: type as Operation["type"] };
  try {
    return { type: type as Operation["type"], arguments: JSON.parse(json) };
  } catch (cause) {
    throw new Error(`The arguments of ${type} are not JSON. Write for example ${example}`, { cause });
  }
}

const example = `'mobileBillingStatement:read={"limit":3}'`;
