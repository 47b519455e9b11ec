import { createHash } from "node:crypto";
import type { OperationManifest } from "@passage/protocol/manifest";
import type { ReadDeclaration } from "@passage/protocol/reads/declaration";
import type { StepDeclaration } from "@passage/protocol/steps";

/** The name by which a request means a declaration, worked out anew from what is signed. */
export function nameOf(label: string, declaration: unknown): string {
  return `${label}@${createHash("sha256").update(sorted(declaration)).digest("hex").slice(0, 8)}`;
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, inner]) => `${JSON.stringify(key)}:${sorted(inner)}`).join(",")}}`;
}

/** One operation's declarations by the names that requests have. */
export class Declarations {
  readonly manifest: OperationManifest;
  readonly operation: string;
  readonly steps: ReadonlyMap<string, StepDeclaration>;
  readonly reads: ReadonlyMap<string, { readonly label: string; readonly read: ReadDeclaration }>;

  constructor(manifest: OperationManifest) {
    this.manifest = manifest;
    this.operation = `${manifest.resource}:${manifest.action}`;
    this.steps = new Map(Object.entries(manifest.steps).map(([label, step]) => [nameOf(label, step), step]));
    this.reads = new Map(Object.entries(manifest.reads).map(([label, read]) => [nameOf(label, read), { label, read }]));
  }
}
