import { encode } from "uqr";
import { expect, test } from "vitest";
import { qrPath } from "./qr.ts";

test("the path draws exactly the dark modules, inside a quiet zone of four", () => {
  const text = "https://passage.example/claim?code=clm_4f9Kq2vXh81mZr7TnYb3WcJd6LgPs0Ea";
  const { size, path } = qrPath(text);
  const drawn = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let at = 0; at < Number(length); at++) (drawn[Number(y)] as boolean[])[Number(x) + at] = true;
  }
  expect(path.replaceAll(/M\d+ \d+h(\d+)v1h-\1z/g, "")).toBe("");
  expect(drawn).toEqual(encode(text, { ecc: "M", border: 4 }).data);
  const margin = [0, 1, 2, 3, size - 4, size - 3, size - 2, size - 1];
  expect(margin.every((at) => drawn[at]?.every((dark) => !dark) && drawn.every((row) => !row[at]))).toBe(true);
});
