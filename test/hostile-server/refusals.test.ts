import { expect, test } from "vitest";
import { FrameParser } from "./frame-parser.ts";
import { refusalsOf } from "./refusals.ts";
import { ScriptedDevice } from "./scripted-device.ts";
import { sessions } from "./sessions.ts";
import { canary } from "./site-words.ts";

const isWhole = process.env.PASSAGE_TESTS === "conformance";
const site = {
  words: canary,
  status: () => 200,
  body: () => `{"a":"${canary}"}`,
  text: () => canary,
  shows: () => true,
};
const refusing = /^(command_not_declared|unsupported_command|invalid_params|origin_not_allowed|blocked_private)$/;

test.each(sessions().map((session) => [session.name, session] as const))(
  "%s: whatever no manifest declares is refused before anything is done, and the error is its code's alone",
  { timeout: 300_000 },
  async (name, session) => {
    const all = refusalsOf(session);
    // What a session of the catalog refuses is in all of them nearly the same; the small one is looked at whole.
    const chosen = isWhole || name === "small" ? all : all.filter((_, index) => index % 20 === 0);
    const groups = new Map<string, number>();
    const wrong: string[] = [];
    const refused = async ({ group, what, before, move }: (typeof all)[number]) => {
      const device = new ScriptedDevice(session, site);
      const parser = new FrameParser(session);
      for (const earlier of before) await device.play(earlier);
      const done = device.webview.deeds.length;
      const { answer } = await device.play(move);
      const said = parser.answer(answer, move);
      const deed = device.webview.deeds.slice(done).find(({ kind }) => kind !== "said");
      if (said.kind !== "error" || !refusing.test(said.code)) wrong.push(`${what}: ${answer}`);
      if (deed) wrong.push(`${what}: ${JSON.stringify(deed)}`);
      groups.set(group, (groups.get(group) ?? 0) + 1);
    };
    for (let at = 0; at < chosen.length; at += 50) await Promise.all(chosen.slice(at, at + 50).map(refused));
    expect(wrong).toEqual([]);
    expect([...groups.keys()]).toEqual(expect.arrayContaining(["free commands", "holes", "names", "turns", "words"]));
    if (name !== "small") return;
    expect(groups.get("parameters")).toBeGreaterThan(100);
    console.log(`${all.length} refusals: ${JSON.stringify(Object.fromEntries(groups))}`);
  },
);
