import { expect, test } from "vitest";
import { cutLater } from "../page-script/cut-later.ts";
import { Egress } from "./gate.ts";
import { PrivatePhase } from "./private-phase.ts";

const password = "Sommerwiese-Regen";
/** What is told of an error, or the code that it became. */
function told(message: string, details = {}): string {
  const frames: string[] = [];
  const egress = new Egress(new PrivatePhase(() => "https://a.example/"));
  egress.attach((text) => frames.push(text) > 0);
  egress.secrets.addTyped("the password", password);
  egress.send({
    type: "client.command_response",
    id: "c",
    error: { code: "strict_violation", message, details },
  } as never);
  const { error } = JSON.parse(frames.at(-1) ?? "");
  return error.code === "blocked_secret" ? error.code : JSON.stringify(error);
}

/** Each place in which an error is cut, with the text that stands there. */
const places: Record<string, { most: number; say: (text: string) => string }> = {
  "the text of an element": { most: 40, say: (text) => told(`It is <h1>${cutLater(text, 40)}</h1>`) },
  "an attribute": { most: 60, say: (text) => told("m", { matches: [`<a class="${cutLater(text, 60)}">`] }) },
  "a message": { most: 4_000, say: (text) => told(text) },
  "a line of the log": { most: 600, say: (text) => told("m", { log: [text] }) },
  "what matches": { most: 600, say: (text) => told("m", { matches: [text] }) },
  "a place": {
    most: 200,
    say: (text) => told("m", { seen: [{ method: "GET", url: `https://a.example/${text}`, status: 200 }] }),
  },
};

test.each(Object.entries(places))("%s is searched before it is cut, wherever the cut falls", (_name, { most, say }) => {
  const filler = "/a".repeat(most);
  for (let before = Math.max(0, most - password.length - 24); before <= most; before++)
    expect(say(`${filler.slice(0, before)}${password}`)).toBe("blocked_secret");
  expect(say(filler)).toContain("/a/a/a");
  expect(say(filler).length).toBeLessThan(most + 200);
});

test("a mark of the page's own cuts nothing else, and none leaves", () => {
  const text = cutLater(`\ue040\ue000 ${"x".repeat(80)}\ue000`, 40);
  expect(told(`<b>${text}</b> and more`)).toBe(
    JSON.stringify({ code: "strict_violation", message: `<b> ${"x".repeat(38)}…</b> and more`, details: {} }),
  );
});
