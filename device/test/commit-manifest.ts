import { type OperationManifest, operationManifest } from "@passage/protocol/manifest";
import { declaredName } from "@passage/protocol/reads/digest";
import { manifest } from "./publisher.ts";

/** The live site of an operation that writes; a test's own site stands in for it. */
export const live = "https://www.live.example";

/** The manifest of an operation that pays by a form, with these steps, and their names on the wire. */
export function commitManifest(steps: OperationManifest["steps"], parts: Partial<OperationManifest> = {}) {
  const pays: Partial<OperationManifest> = { resource: "pay", action: "write", sends: "Whether it was paid", says: [] };
  const signed = operationManifest.parse(manifest({ ...pays, origins: [live], signIn: [], steps, ...parts }));
  return { manifest: signed, nameOf: (step: string) => declaredName(step, signed.steps[step]) };
}
