import type { ReadDeclaration } from "./declaration.ts";
import { leafPlaces } from "./place.ts";

/** The oldest version of the leaves that has all those of the reads: `accountId` came with 2, all others with 1. */
export function leafVersionOf(reads: Readonly<Record<string, Pick<ReadDeclaration, "shape">>>): number {
  return Object.values(reads).some(hasAccountId) ? 2 : 1;
}

/** Whether the read has a leaf that the organization's salt is needed for. */
export function hasAccountId({ shape }: Pick<ReadDeclaration, "shape">): boolean {
  return shape !== null && [...leafPlaces(shape).values()].flat().some(({ leaf }) => leaf === "accountId");
}
