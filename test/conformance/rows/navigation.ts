import { fails, type Row, soon, succeeds } from "../row.ts";

const timeout = 10_000;

export const navigation: readonly Row[] = [
  succeeds("navigate", { url: "{site}/next", timeout }, { result: { url: "{site}/next", status: 200 } }),
  succeeds(
    "navigate",
    { url: "{site}/slow", waitUntil: "domcontentloaded" },
    { on: ["html"], result: { status: 200 } },
  ),
  succeeds("navigate", { url: "{site}/slow", waitUntil: "commit" }, { on: ["html"], result: { status: 200 } }),
  succeeds("navigate", { url: "{site}/gone", waitUntil: "load" }, { on: ["html"], result: { status: 404 } }),
  succeeds("navigate", { url: "{site}/referer", referer: "{site}/here" }, { on: ["html"], shows: { p: "/here" } }),
  fails("navigate", { url: "{site}/slow", timeout: soon }, "timeout", "gave up after"),
  fails("navigate", { url: "http://127.0.0.1:9/" }, "navigation_failed", "http://127.0.0.1:9/ did not load"),
  fails("navigate", { url: "nowhere" }, "invalid_params", "params.url is not an absolute URL"),
  fails("navigate", { url: "{site}/next", waitUntil: "someday" }, "invalid_params", "params.waitUntil"),
  fails("navigate", { url: "javascript:1" }, "origin_not_allowed", "javascript"),

  succeeds("reload", { timeout }, { result: { url: "{page}", status: 200 }, shows: { "#count": "0" } }),
  succeeds("reload", { waitUntil: "commit" }, { result: { url: "{page}", status: 200 } }),
  fails("reload", { timeout: soon }, "timeout", "gave up after", {
    first: [["navigate", { url: "{site}/slow", waitUntil: "domcontentloaded" }]],
  }),
  fails("reload", {}, "navigation_failed", "/once/reload did not load", {
    first: [["navigate", { url: "{site}/once/reload" }]],
  }),

  succeeds(
    "goBack",
    { timeout, waitUntil: "domcontentloaded" },
    { first: [["navigate", { url: "{site}/next" }]], result: { url: "{page}", status: 200 } },
  ),
  fails("goBack", {}, "not_actionable", "no page before this one", { fresh: true }),
  fails("goBack", {}, "navigation_failed", "/once/back did not load", {
    first: [
      ["navigate", { url: "{site}/once/back" }],
      ["navigate", { url: "{site}/next" }],
    ],
  }),
  fails("goBack", { timeout: soon }, "timeout", "gave up after", {
    first: [
      ["navigate", { url: "{site}/slow", waitUntil: "domcontentloaded" }],
      ["navigate", { url: "{site}/next" }],
    ],
  }),

  succeeds(
    "waitForNavigation",
    { urlPattern: "/[a-z0-9]+$", waitUntil: "load", timeout },
    { result: { url: "{page}" } },
  ),
  fails("waitForNavigation", { urlPattern: "/never$", timeout: soon }, "timeout", "gave up after"),
  fails("waitForNavigation", { urlPattern: "(" }, "invalid_params", "("),

  succeeds("waitForURL", { url: "{page}", timeout }, { result: { url: "{page}" } }),
  succeeds("waitForURL", { url: { pattern: "/[a-z0-9]+$" }, waitUntil: "commit" }, { result: { url: "{page}" } }),
  fails("waitForURL", { url: "{site}/never", timeout: soon }, "timeout", "gave up after"),
  fails("waitForURL", { url: { pattern: "(" } }, "invalid_params", "("),

  succeeds("url", {}, { result: { url: "{page}" } }),
];
