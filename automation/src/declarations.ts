import type { OperationManifest } from "@passage/protocol/manifest";
import { leafVersionOf } from "@passage/protocol/reads/leaf-version";
import type { Operation } from "./operation.ts";
import { nameOfStep } from "./step.ts";

type Declarations = Pick<OperationManifest, "resource" | "action" | "v" | "steps" | "reads" | "says">;

/** What an operation declares by name, as its manifest has it. */
export function declarationsOf({ resource, action, manifest }: Operation): Declarations {
  const declarations = <Declaration>(named: Readonly<Record<string, { readonly declaration: Declaration }>>) =>
    Object.fromEntries(Object.entries(named).map(([name, { declaration }]) => [name, declaration]));
  const reads = declarations(manifest.reads);
  return {
    resource,
    action,
    v: leafVersionOf(reads),
    steps: declarations(manifest.steps),
    reads,
    says: [...manifest.says],
  };
}

/** The steps of operations that open a page, by the name that a request has. */
export function placesOf(operations: readonly Operation[]): ReadonlySet<string> {
  const steps = operations.flatMap(({ manifest }) => Object.values(manifest.steps));
  return new Set(steps.filter(({ declaration }) => "go" in declaration).map(nameOfStep));
}
