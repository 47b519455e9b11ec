import { readPolicy } from "@passage/protocol/rate-policy";
import fc from "fast-check";
import { expect, test } from "vitest";
import { RateLimiter } from "./rate-limiter.ts";

test("the whole count at once, then one for each share of the time", () => {
  const limiter = new RateLimiter({ count: 3, seconds: 6 });
  const taken = [0, 0, 0, 0, 1_999, 2_000].map((now) => limiter.take("a", now));
  expect(taken.map(({ allowed }) => allowed)).toEqual([true, true, true, false, false, true]);
  expect(taken[3]).toMatchObject({ remaining: 0, resetSeconds: 6, retryAfterSeconds: 2 });
  expect(limiter.take("b", 0).allowed).toBe(true);
});

test("whatever comes when, no window of the policy's length lets through more than twice its count", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 300 }), (gaps) => {
      const limiter = new RateLimiter({ count: 10, seconds: 2 });
      let now = 0;
      const allowed = gaps.flatMap((gap) => {
        now += gap;
        return limiter.take("a", now).allowed ? [now] : [];
      });
      for (const [index, at] of allowed.entries())
        expect(allowed.slice(index).filter((later) => later <= at + 2_000).length).toBeLessThanOrEqual(20);
    }),
  );
});

test("whoever waits as long as told is let in", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (count, seconds) => {
      const limiter = new RateLimiter({ count, seconds });
      let rate = limiter.take("a", 0);
      while (rate.allowed) rate = limiter.take("a", 0);
      expect(limiter.take("a", rate.retryAfterSeconds * 1000).allowed).toBe(true);
    }),
  );
});

test.each(["", "10", "0/1", "1/0", "10/x", "-1/1", "1e3/1"])("the policy %j is refused", (text) => {
  expect(() => readPolicy(text)).toThrow("<requests>/<seconds>");
});
