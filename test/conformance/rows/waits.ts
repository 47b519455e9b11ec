import { fails, type Row, seeks, soon, succeeds } from "../row.ts";

const timeout = 10_000;

export const waits: readonly Row[] = [
  succeeds("waitForSelector", { selector: "#late", timeout }, { first: [["click", { selector: "#show" }]] }),
  succeeds("waitForSelector", { selector: "#secret", state: "attached" }),
  succeeds("waitForSelector", { selector: "#secret", state: "hidden" }),
  succeeds("waitForSelector", { selector: "#missing", state: "detached" }),
  succeeds("waitForSelector", { selector: "#title", state: "visible" }),
  succeeds("waitForSelector", { selector: "frame=#inner >> #title" }, { on: ["iframes"] }),
  ...seeks("waitForSelector"),
  fails("waitForSelector", { selector: "#secret", timeout: soon }, "timeout", "the element is not visible"),
  fails("waitForSelector", { selector: "#title", state: "hidden", timeout: soon }, "timeout", "still visible"),

  succeeds("waitForNetworkIdle", { idleTime: 50, timeout }),
  fails("waitForNetworkIdle", { idleTime: 50, timeout: soon }, "timeout", "still under way", {
    first: [["navigate", { url: "{site}/slow", waitUntil: "domcontentloaded" }]],
  }),

  succeeds("waitForTimeout", { timeout: 20 }, { on: ["html"] }),
  fails("waitForTimeout", { timeout: 0 }, "invalid_params", "waitForTimeout: params.timeout"),
];
