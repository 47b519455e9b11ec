import { expect, test } from "vitest";
import type { KeyFacts } from "../organization/keys/admission.ts";
import { unsharded } from "../organization/shards/shard-plan.ts";
import { factsOf, forgetKeys } from "./key-memory.ts";

const facts: KeyFacts = { keyId: "key_1", scopes: ["*"], expiresAt: null, shards: unsharded };
const asked: string[] = [];
const look = (hash: string, found: KeyFacts | null = facts) =>
  factsOf(hash, "tag", async () => {
    asked.push(hash);
    return found;
  });

test("a key is asked for once in some seconds, an unknown one each time, an expired one no longer than it works", async () => {
  expect([await look("a"), await look("a")]).toEqual([facts, facts]);
  expect([await look("b", null), await look("b", null)]).toEqual([null, null]);
  const expired = { ...facts, expiresAt: Date.now() };
  expect([await look("c", expired), await look("c", null)]).toEqual([expired, null]);
  expect(asked).toEqual(["a", "b", "b", "c", "c"]);
});

test("what was asked for before a key was revoked is not remembered after it", async () => {
  await look("d");
  forgetKeys("tag");
  expect(await look("d", null)).toBe(null);
  const late = factsOf("e", "tag", async () => {
    forgetKeys("tag");
    return facts;
  });
  expect(await late).toEqual(facts);
  expect(await look("e", null)).toBe(null);
});
