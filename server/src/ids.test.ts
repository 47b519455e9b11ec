import { type IdKind, prefixes } from "@passage/protocol/ids";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mintId, readTag, tagOf } from "./ids.ts";

const kinds = Object.keys(prefixes) as IdKind[];

test("an id gives back its tag, to its own kind only", async () => {
  const tag = await tagOf("secret", "default", "test");
  for (const kind of kinds) {
    const id = await mintId("secret", kind, tag);
    for (const other of kinds) expect(await readTag("secret", other, id)).toBe(other === kind ? tag : null);
    expect(await readTag("another secret", kind, id)).toBe(null);
  }
});

test("an id with any character changed was never minted", async () => {
  const id = await mintId("secret", "link", await tagOf("secret", "default", "live"));
  await fc.assert(
    fc.asyncProperty(fc.nat(id.length - 1), fc.constantFrom(..."aZ09_-"), async (position, character) => {
      fc.pre(id[position] !== character);
      const changed = id.slice(0, position) + character + id.slice(position + 1);
      expect(await readTag("secret", "link", changed)).toBe(null);
    }),
  );
});

test("whatever text comes, it is an id or null", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      expect(await readTag("secret", "session", `sess_${text}`)).toBe(null);
    }),
  );
});
