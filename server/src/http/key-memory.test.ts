import { expect, test } from "vitest";
import { keyMemoryMs } from "../limits.ts";
import { unsharded } from "../organization/shards/shard-plan.ts";
import { forgetKeys, lookUpKey } from "./key-memory.ts";
