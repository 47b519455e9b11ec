import { fails, type Row, type Step, seeks, soon, succeeds } from "../row.ts";

const timeout = 10_000;
const named: Step = ["fill", { selector: "#name", value: "Bob" }];
const file = { name: "bill.txt", mimeType: "text/plain", data: "aGVsbG8=" };

export const actions: readonly Row[] = [
  succeeds("click", { selector: "#add", timeout }, { shows: { "#count": "1" } }),
  succeeds("click", { selector: "text=Agree" }, { shows: { "#agree-out": "yes" } }),
  succeeds(
    "click",
    { selector: "#hint", position: { x: 3, y: 4 }, modifiers: ["Shift"] },
    { shows: { "#hint-out": "mousedown 0 1 Shift", "#at-out": "3 4" } },
  ),
  succeeds("click", { selector: "#hint", button: "right" }, { shows: { "#hint-out": "mousedown 2 1 -" } }),
  succeeds("click", { selector: "#add", clickCount: 2 }, { shows: { "#count": "2" } }),
  succeeds("click", { selector: "#add", trial: true }, { shows: { "#count": "0" } }),
  succeeds("click", { selector: "#covered", force: true }, { shows: { "#agree-out": "no" } }),
  succeeds(
    "click",
    { selector: "frame=#inner >> #add" },
    { on: ["iframes"], shows: { "frame=#inner >> #count": "1" } },
  ),
  ...seeks("click"),
  fails("click", { selector: "#hint", button: "middle" }, "blocked_private", "The middle button is not available"),
  fails("click", { selector: "#missing", timeout: soon }, "timeout", "#missing: nothing matches yet"),
  fails("click", { selector: "#covered", timeout: soon }, "not_actionable", 'covered by <div id="cover">'),
  fails("click", { selector: "#unseen", timeout: soon }, "not_actionable", "the element is not visible"),
  fails("click", { selector: "#off", timeout: soon }, "not_actionable", "the element is disabled"),
  fails("click", { selector: "frame=iframe >> #add" }, "strict_violation", "matches 2 elements", {
    on: ["iframes"],
  }),
  fails("click", { selector: "frame=#title >> #add" }, "invalid_selector", "is not a frame"),
  fails("click", { selector: "#add", clickCount: 4 }, "invalid_params", "click: params.clickCount"),

  succeeds("hover", { selector: "#hint", timeout }, { shows: { "#hint-out": "mouseover 0 0 -" } }),
  succeeds(
    "hover",
    { selector: "#hint", position: { x: 5, y: 6 }, modifiers: ["Shift"] },
    { shows: { "#hint-out": "mouseover 0 0 Shift", "#at-out": "5 6" } },
  ),
  succeeds("hover", { selector: "#add", trial: true }),
  succeeds("hover", { selector: "#covered", force: true }),
  ...seeks("hover"),
  fails("hover", { selector: "#covered", timeout: soon }, "not_actionable", 'covered by <div id="cover">'),

  succeeds("check", { selector: "#agree", timeout }, { shows: { "#agree-out": "yes" } }),
  succeeds("check", { selector: "#agree", position: { x: 2, y: 2 } }, { shows: { "#agree-out": "yes" } }),
  succeeds("check", { selector: "#agree", force: true }, { shows: { "#agree-out": "yes" } }),
  succeeds("check", { selector: "#agree", trial: true }, { shows: { "#agree-out": "no" } }),
  succeeds("check", { selector: "label=Monthly" }),
  ...seeks("check"),
  fails("check", { selector: "#title" }, "not_actionable", "is not a checkbox or radio button"),

  ...([{ timeout }, { position: { x: 2, y: 2 } }, { force: true }] as const).map((option) =>
    succeeds(
      "uncheck",
      { selector: "#agree", ...option },
      { first: [["check", { selector: "#agree" }]], shows: { "#agree-out": "no" } },
    ),
  ),
  succeeds(
    "uncheck",
    { selector: "#agree", trial: true },
    { first: [["check", { selector: "#agree" }]], shows: { "#agree-out": "yes" } },
  ),
  ...seeks("uncheck"),
  fails("uncheck", { selector: "label=Monthly" }, "not_actionable", "A radio button cannot be unchecked", {
    first: [["check", { selector: "label=Monthly" }]],
  }),

  succeeds("fill", { selector: "#name", value: "Ada", timeout }, { shows: { "#name-out": "Ada" } }),
  succeeds("fill", { selector: "label=Name", value: "Ada", force: true }, { shows: { "#name-out": "Ada" } }),
  succeeds(
    "fill",
    { selector: "frame=#inner >> #name", value: "Ada" },
    { on: ["iframes"], shows: { "frame=#inner >> #name-out": "Ada" } },
  ),
  ...seeks("fill", { value: "x" }),
  fails("fill", { selector: "#title", value: "x" }, "not_actionable", "is not an input, textarea or contenteditable"),
  fails("fill", { selector: "#fixed", value: "x", timeout: soon }, "not_actionable", "the element is read-only"),
  fails("fill", { selector: "#name" }, "invalid_params", "fill: params.value"),

  succeeds("clear", { selector: "#name", timeout }, { first: [named], shows: { "#name-length": "0" } }),
  succeeds("clear", { selector: "#name", force: true }, { first: [named], shows: { "#name-length": "0" } }),
  ...seeks("clear"),
  fails("clear", { selector: "#title" }, "not_actionable", "is not an input, textarea or contenteditable"),

  succeeds("type", { selector: "#name", text: "Ada", timeout }, { shows: { "#name-out": "Ada", "#key-out": "a" } }),
  succeeds("type", { selector: "#name", text: "é!", delay: 5 }, { first: [named], shows: { "#name-out": "Bobé!" } }),
  ...seeks("type", { text: "x" }),
  fails("type", { selector: "#unseen", text: "x", timeout: soon }, "not_actionable", "focus"),

  succeeds("press", { selector: "#name", key: "End", timeout }, { shows: { "#key-out": "End" } }),
  succeeds("press", { selector: "#name", key: "b", delay: 5 }, { shows: { "#name-out": "b" } }),
  succeeds(
    "press",
    { key: "a" },
    { first: [["press", { selector: "#name", key: "Home" }]], shows: { "#name-out": "a" } },
  ),
  ...seeks("press", { key: "a" }),
  fails("press", { selector: "#unseen", key: "a", timeout: soon }, "not_actionable", "focus"),
  fails("press", { key: "Nokey" }, "invalid_params", "Nokey"),

  succeeds("focus", { selector: "#name", timeout }, { shows: { "#focus-out": "name" } }),
  ...seeks("focus"),
  fails("focus", { selector: "#unseen", timeout: soon }, "not_actionable", "focus"),

  succeeds(
    "select",
    { selector: "#plan", values: ["Plus"], timeout },
    { result: { values: ["b"] }, shows: { "#plan-out": "b" } },
  ),
  succeeds("select", { selector: "#unseen-plan", values: ["b"], force: true }, { result: { values: ["b"] } }),
  ...seeks("select", { values: ["b"] }),
  fails("select", { selector: "#plan", values: ["c"], timeout: soon }, "not_actionable", "no option with that value"),
  fails("select", { selector: "#title", values: ["b"] }, "not_actionable", "is not a select"),

  succeeds("setInputFiles", { selector: "#files", files: [file], timeout }, { shows: { "#files-out": "bill.txt" } }),
  succeeds(
    "setInputFiles",
    { selector: "#files", files: [] },
    { first: [["setInputFiles", { selector: "#files", files: [file, file] }]], shows: { "#files-out": "none" } },
  ),
  ...seeks("setInputFiles", { files: [file] }),
  fails("setInputFiles", { selector: "#name", files: [file] }, "not_actionable", "is not an input of type file"),
  fails("setInputFiles", { selector: "#files", files: [{ ...file, data: "?" }] }, "invalid_params", "files.0.data"),

  succeeds("updateStatus", { heading: "Reading", subheading: "Soon", progress: 0.5 }),
  fails("updateStatus", { progress: 2 }, "invalid_params", "updateStatus: params.progress"),

  succeeds(
    "batch",
    {
      commands: [
        { command: "fill", params: { selector: "#name", value: "Ada" } },
        { command: "textContent", params: { selector: "#name-out >> text=Ada" } },
        { command: "click", params: { selector: ".item" } },
        { command: "click", params: { selector: "#add" } },
      ],
    },
    {
      result: { results: [{ result: {} }, { result: { text: "Ada" } }, { error: { code: "strict_violation" } }] },
      shows: { "#count": "0" },
    },
  ),
  fails("batch", { commands: [] }, "invalid_params", "batch: params.commands"),
];
