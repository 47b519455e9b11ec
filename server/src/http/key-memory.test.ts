import { expect, test } from "vitest";
import { unsharded } from "../organization/shards/shard-plan.ts";
import { forgetKeys, type KnownKey, knownKey } from "./key-memory.ts";

const facts = { keyId: "key_1", scopes: ["*" as const], expiresAt: null, shards: unsharded };
const inUse: KnownKey = { tag: "tag", mode: "test", facts };
const asked: string[] = [];
const unknown = new Error("unknown");
const look = (key: string, found: KnownKey | null = inUse) =>
  knownKey(key, async () => {
    asked.push(key);
    if (!found) throw unknown;
    return found;
  });

test("a key is asked for once in some seconds, an unknown one each time, an expired one no longer than it works", async () => {
  expect([await look("a"), await look("a")]).toMatchObject([inUse, inUse]);
  for (let time = 0; time < 2; time++) await expect(look("b", null)).rejects.toBe(unknown);
  const expired = { ...inUse, facts: { ...facts, expiresAt: Date.now() } };
  expect(await look("c", expired)).toMatchObject(expired);
  await expect(look("c", null)).rejects.toBe(unknown);
  expect(asked).toEqual(["a", "b", "b", "c", "c"]);
});

test("what was asked for before a key was revoked is not remembered after it", async () => {
  await look("d");
  forgetKeys("tag");
  await expect(look("d", null)).rejects.toBe(unknown);
  const late = knownKey("e", async () => {
    forgetKeys("tag");
    return inUse;
  });
  expect(await late).toEqual(inUse);
  await expect(look("e", null)).rejects.toBe(unknown);
});
