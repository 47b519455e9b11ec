import type { Script } from "./scripted-device.ts";

/** Asks for the operation whose results can be the longest. */
export const readHistory = { integrationId: "apple-review", operations: [{ resource: "readHistory", action: "read" }] };

/** A reading history whose result has so many characters, in pages of a hundred articles. */
export function historyOf(length: number): Script {
  const article = (index: number, title: string) =>
    ({ id: `a${10_000 + index}`, title, source: "s", duration: 1, readAt: "2026-11-15T20:41:00.000Z" }) as const;
  const count = Math.ceil(length / 350);
  const titled = Math.floor(length / count) - JSON.stringify(article(0, "")).length - 1;
  const articles = Array.from({ length: count }, (_, index) =>
    article(index, "t".repeat(titled + (index < length % count ? 1 : 0))),
  );
  return ({ command, params }) => {
    if (command === "url") return { result: { url: "about:blank" } };
    if (command === "navigate") return { result: { url: "https://review.passage.example/sign-in", status: 200 } };
    if (command === "yield") return { result: { matched: true, condition: 0 } };
    if (command === "batch") {
      const looked = (params.commands as unknown[]).map(() => ({ result: { url: "", visible: false } }));
      return { result: { results: looked } };
    }
    if (command !== "fetchInPage") return { result: {} };
    const from = Number(new URL(String(params.url)).searchParams.get("cursor"));
    const nextCursor = from + 100 < count ? String(from + 100) : null;
    const body = { articles: articles.slice(from, from + 100), nextCursor };
    return { result: { url: "", status: 200, contentType: "application/json", body } };
  };
}
