import type { OperationManifest } from "@passage/protocol/manifest";
import { leafVersion } from "@passage/protocol/reads/leaf";
import type { Operation } from "./define.ts";
import { nameOfStep } from "./steps/step.ts";

type Declarations = Pick<OperationManifest, "resource" | "action" | "v" | "steps" | "reads" | "says">;

/** What a strict operation declares by name, as its manifest has it; null for one that uses free commands. */
export function declarationsOf({ resource, action, manifest }: Operation): Declarations | null {
  const { reads, steps, says } = manifest;
  if (!reads && !steps && !says) return null;
  const declarations = <Declaration>(named: Readonly<Record<string, { readonly declaration: Declaration }>> = {}) =>
    Object.fromEntries(Object.entries(named).map(([name, { declaration }]) => [name, declaration]));
  return {
    resource,
    action,
    v: leafVersion,
    steps: declarations(steps),
    reads: declarations(reads),
    says: [...(says ?? [])],
  };
}

/** The steps of operations that open a page, by the name that a request has. */
export function placesOf(operations: readonly Operation[]): ReadonlySet<string> {
  const steps = operations.flatMap(({ manifest }) => Object.values(manifest.steps ?? {}));
  return new Set(steps.filter(({ declaration }) => "go" in declaration).map(nameOfStep));
}
