import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const answersTo = (id: string) => rig.frames.filter((frame) => JSON.parse(frame).id === id);

describe("the executor", () => {
  test("two commands in one tick are both answered, in order", async () => {
    const url = rig.site.page("/a", "<button id=b>Go</button>");
    const both = await Promise.all([rig.run("navigate", { url }, "n1"), rig.run("click", { selector: "#b" }, "n2")]);
    expect(both.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(rig.frames.map((frame) => JSON.parse(frame).id).filter((id) => /^n[12]$/.test(id))).toEqual(["n1", "n2"]);
  });

  test("an id acts once: joined while it runs, repeated when it is done", async () => {
    await rig.show("<p>x</p>");
    const expression = "document.body.dataset.n = Number(document.body.dataset.n ?? 0) + 1";
    const first = rig.run(
      "evaluate",
      { expression: `new Promise((done) => setTimeout(done, 30)).then(() => ${expression})` },
      "once",
    );
    rig.executor.receive({ type: "server.command", id: "once", command: "evaluate", params: { expression } });
    await first;
    expect(answersTo("once")).toHaveLength(1);
    rig.executor.receive({ type: "server.command", id: "once", command: "evaluate", params: { expression } });
    const [one, two] = answersTo("once");
    expect(two).toBe(one);
    expect(await rig.value("document.body.dataset.n")).toBe("1");
  });

  test("remembers the last 64 answers", async () => {
    for (let n = 0; n < 65; n++) await rig.send("nothing", {}, `u${n}`);
    rig.executor.receive({ type: "server.command", id: "u1", command: "nothing", params: {} });
    expect(answersTo("u1")).toHaveLength(2);
    expect((await rig.send("toString", {})).error?.code).toBe("unsupported_command");
  });

  test("params are checked, and what is wrong is named", async () => {
    const { error } = await rig.send("navigate", { url: 5, timeout: -1 });
    expect(error?.code).toBe("invalid_params");
    expect(error?.message).toContain("params.url");
    expect(error?.message).toContain("params.timeout");
  });

  test("cancel ends what runs and what waits, once, and the next command goes on", async () => {
    await rig.show("<p>x</p>");
    const running = rig.run("waitForSelector", { selector: "#never" }, "k1");
    const queued = rig.run("evaluate", { expression: "document.title = 'acted'" }, "k2");
    rig.cancel("k2");
    rig.cancel("k1");
    rig.cancel("k1");
    rig.cancel("unknown");
    expect((await running).error?.code).toBe("cancelled");
    expect((await queued).error?.code).toBe("cancelled");
    expect(await rig.value("document.title")).toBe("");
    expect([...answersTo("k1"), ...answersTo("k2")]).toHaveLength(2);
  });

  test("a hand-over without conditions holds until it is taken back", async () => {
    await rig.show("<p>x</p>");
    rig.executor.receive({ type: "server.set_interactive", interactive: true });
    expect((await rig.run("url", {})).error?.code).toBe("user_in_control");
    rig.executor.receive({ type: "server.set_interactive", interactive: false });
    expect((await rig.run("url", {})).error).toBeUndefined();
  });

  test("what waited when the page was handed over is not carried out", async () => {
    await rig.show("<p>x</p>");
    const running = rig.run("evaluate", { expression: "new Promise((done) => setTimeout(done, 200))" });
    const waiting = rig.run("evaluate", { expression: "document.title = 'acted'" });
    const telling = rig.run("updateStatus", { heading: "Your turn" });
    rig.executor.receive({ type: "server.set_interactive", interactive: true });
    await running;
    expect((await waiting).error?.code).toBe("user_in_control");
    expect((await telling).error).toBeUndefined();
    expect(await rig.value("document.title")).toBe("");
    rig.executor.receive({ type: "server.set_interactive", interactive: false });
  });

  test("interactive:false ends a yield that still runs", async () => {
    const turn = rig.yield({ conditions: [{ type: "userDone" }] });
    await rig.run("updateStatus", {});
    rig.executor.receive({ type: "server.set_interactive", interactive: false });
    expect((await turn).error?.code).toBe("cancelled");
  });

  test("after the end every command is page_gone and every yield given up", async () => {
    const waiting = rig.run("waitForSelector", { selector: "#never" });
    const queued = rig.run("url", {});
    await rig.executor.end("The window was closed");
    expect((await waiting).error).toMatchObject({ code: "page_gone", message: "The window was closed" });
    expect((await queued).error?.code).toBe("page_gone");
    expect((await rig.run("url", {})).error?.code).toBe("page_gone");
    const gaveUp = { matched: false, reason: "user_gave_up" };
    expect((await rig.yield({ conditions: [{ type: "userDone" }] })).result).toEqual(gaveUp);
  });
});
