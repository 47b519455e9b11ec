import type { OperationManifest } from "@passage/protocol/manifest";
import { elsewhere } from "../egress/public-url.ts";
import { searchPattern } from "../network/regex.ts";
import { addressPattern } from "./conditions.ts";

type Places = Pick<OperationManifest, "steps" | "reads">;

/** Whether a path is the declared one or lies below it: `/bill` has `/bill/7` below it, and not `/billing`. */
export function isBelow(path: string, declared: string): boolean {
  return path === declared || path.startsWith(declared.endsWith("/") ? declared : `${declared}/`);
}

/**
 * What a signed session in live mode reports about an address: a place that its manifests declare, in their words, or `other`. A
 * place that a step opens is told before one that a condition or a read names, and of those the longest.
 */
export function declaredPlace(manifests: readonly Places[], address: string): string {
  const url = URL.parse(address);
  if (!url) return elsewhere;
  const steps = manifests.flatMap((one) => Object.values(one.steps));
  const opened = steps
    .map((step) => ("go" in step ? URL.parse(step.go) : null))
    .find((go) => go?.origin === url.origin && go.pathname === url.pathname);
  if (opened) return opened.origin + opened.pathname;
  const named = [
    ...steps.flatMap((step) =>
      "when" in step && step.when === "url" && searchPattern(addressPattern(step))(url.href)
        ? [step.origin + literalStart(step.path)]
        : [],
    ),
    ...manifests.flatMap(({ reads }) =>
      Object.values(reads).flatMap(({ on }) =>
        on.origin === url.origin && isBelow(url.pathname, on.path) ? [on.origin + on.path] : [],
      ),
    ),
  ];
  return named.reduce((longest, one) => (one.length > longest.length ? one : longest), "") || elsewhere;
}

/** A pattern up to the first character that is not itself. */
function literalStart(pattern: string): string {
  return /^[\w/~%-]*/.exec(pattern)?.[0] ?? "";
}
