import { routes } from "@passage/protocol/routes/table";
import * as z from "zod";
import { searchDocs } from "../search-docs.ts";
import { markdown } from "../text.ts";
import { defineTool } from "../tool.ts";

const shownCharacters = 1_500;

const searchDocsTool = defineTool({
  name: "search_docs",
  title: "Search the documentation",
  description:
    "Searches Passage's documentation: webhooks and signatures, sandbox users, errors, limits, privacy, writing providers.",
  input: z.strictObject({ query: z.string().min(1).max(200) }),
  routes: [routes.listProviders],
  run: async (c, { query }) => {
    const found = await searchDocs(c.env, query);
    return {
      text: markdown({
        title: "Documentation",
        sections: found.map(({ page, heading, text }) => {
          const shown = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
          return `## ${heading} (${page})\n\n${shown}`;
        }),
        next: [found.length === 0 ? "Nothing fits. Try fewer or other words." : null],
      }),
      structured: { sections: found.map(({ page, heading }) => ({ page, heading })) },
    };
  },
});

export const docTools = [searchDocsTool];
