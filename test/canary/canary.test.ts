import { expect, test } from "vitest";
import { usePassage } from "../harness/use-passage.ts";
import { sitePlaces, typedPlaces } from "./canaries.ts";
import { runMatrix } from "./matrix.ts";
import type { CanarySession } from "./session.ts";

const passage = usePassage();

/** A form of each sort; `npm run canary` signs in through all of them. */
const some = process.env.PASSAGE_TESTS === "conformance" ? ["react19", "frame of another site", "popup"] : ["popup"];

/** Named in test/flakes.ts: one that hangs is tried again, one that finds a canary is not. */
const retry = { count: 1, condition: /timed out/ };

test("no canary leaves the device, whatever is asked of it and whenever", { timeout: 240_000, retry }, async ({
  signal,
}) => {
  let session: CanarySession | null = null;
  signal.addEventListener("abort", () =>
    console.log((session as CanarySession | null)?.describe() ?? "The session was never open."),
  );
  const { canaries, unplanted, leaks, refusals, events } = await runMatrix(passage, some, {
    cut: true,
    crashDevice: true,
    onSession: (opened) => {
      session = opened;
    },
  });
  expect(unplanted).toEqual([]);
  expect(canaries).toHaveLength(some.length * (typedPlaces.length + sitePlaces.length));
  expect(leaks).toEqual([]);
  expect(refusals).toBeGreaterThan(some.length * 40);
  const windows = ["window.closed", "window.opened"];
  expect(events).toEqual(["navigation", "page.screenshot", "page.snapshot", ...windows]);
});

/** `npm run canary` does it through every form, too. */
test.runIf(process.env.PASSAGE_TESTS === "conformance")(
  "the same matrix finds a device that leaks",
  { timeout: 120_000 },
  async () => {
    const { unplanted, leaks } = await runMatrix(passage, ["react18"], { gate: false });
    expect(unplanted).toEqual([]);
    // No command reads httpOnly cookies: here the gate is the second wall.
    const places = [...typedPlaces, ...sitePlaces].filter((place) => place !== "httpOnly cookie");
    expect(new Set(leaks.map(({ canary }) => canary.place))).toEqual(new Set(places));
  },
);
