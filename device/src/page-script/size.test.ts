import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { pageScript } from "../../test/rig.ts";

test("the page script is under 60 KB gzipped", async () => {
  expect(gzipSync(await pageScript()).length).toBeLessThan(60_000);
});
