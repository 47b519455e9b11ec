import { expect, test } from "vitest";
import { Declarations } from "./declared-names.ts";
import { playSequences } from "./sequences.ts";
import { sessions } from "./sessions.ts";

/**
 * A server that owns the session's socket and all signed manifests sends anything in any order, and a site says anything. What
 * leaves is read by a parser of this test's own, made from the manifests and the committed schema alone.
 */
const isWhole = process.env.PASSAGE_TESTS === "conformance";
const many = isWhole ? 20_000 : 300;
/** `PASSAGE_HOSTILE_FIRST=<number>` plays the same sequences again. */
const first = Number(process.env.PASSAGE_HOSTILE_FIRST ?? Math.floor(Math.random() * 1e9));

test("whatever a server sends and a site says, only declared leaves leave and only declared steps are taken", {
  timeout: 3_600_000,
}, async () => {
  const { moves, refused, data, commits, turns, events } = await playSequences(first, many);
  const read = [...data.values()].reduce((sum, count) => sum + count, 0);
  const told = { first, many, moves, refused, read, commits, turns, events, reads: Object.fromEntries(data) };
  console.log(JSON.stringify(told));
  // The sequences reach what they are about.
  expect(moves).toBeGreaterThan(many * 6);
  expect(refused).toBeGreaterThan(many);
  expect(read).toBeGreaterThan(many / 3);
  expect(commits).toBeGreaterThan(many / 20);
  expect(turns).toBeGreaterThan(many / 8);
  expect(events).toBeGreaterThan(many);
  if (!isWhole) return;
  const named = sessions().flatMap(({ manifests }) =>
    manifests.flatMap((one) => [...new Declarations(one).reads.values()]),
  );
  const withShape = named.filter(({ read: { shape, on } }) => shape !== null && !on.origin.includes("login."));
  expect(withShape.map(({ label }) => label).filter((label) => !data.has(label))).toEqual([]);
});
