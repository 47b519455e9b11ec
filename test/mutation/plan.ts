import { Random } from "../chaos/random.ts";
import { failures, type Mutation } from "./mutations.ts";
import { type Case, cases } from "./operations.ts";
import type { Recording } from "./recording.ts";

/** Which operation a seed runs: each comes round in turn. */
export function caseOf(seed: number): Case {
  return cases[(seed * 7) % cases.length] as Case;
}

/** Every fifth seed begins signed out, and may change the sign-in too. */
export function beginsSignedOut(seed: number): boolean {
  return seed % 5 === 0;
}

/** What a seed changes of the sites that its operation met in an undisturbed run: one thing, at times two or three. */
export function mutationsOf(seed: number, recording: Recording): Mutation[] {
  const random = new Random(seed);
  const count = random.pick([1, 1, 1, 2, 3]);
  const account = recording.at((where) => !isSignIn(where));
  const renamed = () => renamedName(random, recording.at(isSignIn));
  return Array.from({ length: count }, () =>
    beginsSignedOut(seed) && random.chance(0.5) ? renamed() : mutation(random, account),
  );
}

function isSignIn(where: string): boolean {
  return !where.startsWith("www.") && !/^review\.[\w.]+\/(history|api|static)/.test(where);
}

function renamedName(random: Random, recording: Recording): Mutation {
  const name = random.pick(recording.tokens());
  return { kind: "rename name", name, to: `${name}-v2` };
}

function mutation(random: Random, recording: Recording): Mutation {
  const where = random.pick(recording.places("json"));
  const key = random.pick(recording.keys(where));
  const lists = recording.lists(where);
  const name = random.pick(recording.tokens());
  const kinds: (() => Mutation)[] = [
    () => ({ kind: "rename key", where, key, to: random.pick([`${key}V2`, `new_${key}`, `${key}s`]) }),
    () => ({ kind: "drop key", where, key }),
    () => ({ kind: "drop key once", where, key }),
    () => ({ kind: "respell", where, key, spelling: random.between(0, 19) }),
    () => ({ kind: "respell", where, key, spelling: random.between(0, 19) }),
    () => ({ kind: "rename name", name, to: `${name}-v2` }),
    () => ({ kind: "rename name", name, to: `${name}-v2` }),
    () => ({ kind: "drop element", name }),
    () => ({ kind: "duplicate element", name }),
    () => ({ kind: "reorder elements", name }),
    () => ({ kind: "delay", where, ms: random.between(200, 1_500) }),
    () => ({ kind: "fail", where, how: random.pick(failures) }),
  ];
  const { key: list = "", length = 0 } = lists.length > 0 ? random.pick(lists) : {};
  if (lists.length > 0)
    kinds.push(
      () => ({ kind: "duplicate row", where, list, row: random.between(0, length - 1) }),
      () => ({ kind: "reorder rows", where, list, seed: random.between(1, 1_000) }),
    );
  return random.pick(kinds)();
}
