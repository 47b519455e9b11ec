import { routes } from "@passage/protocol/routes/table";
import { type Context, Hono } from "hono";
import type { PassageContext } from "./context.ts";
import { publicOrigin } from "./origin.ts";
import { problem } from "./problem.ts";
import { serve } from "./serve.ts";

/** The skills and the documentation as Markdown, and their index for models. They lie beside the Worker as files. */
export const documents = new Hono<PassageContext>();

/** The address that the files have. */
const writtenOrigin = "http://localhost:8787";

const markdown = "text/markdown; charset=utf-8";

serve(documents, routes.skill, ({ c }) => read(c, "skills.passage-connect-api.SKILL.md", markdown));
serve(documents, routes.skillReference, ({ c, id }) =>
  read(c, `skills.passage-connect-api.references.${id}`, markdown),
);
serve(documents, routes.providerSkill, ({ c }) => read(c, "skills.passage-provider.SKILL.md", markdown));
serve(documents, routes.llmsIndex, ({ c }) => read(c, "llms.txt", "text/plain; charset=utf-8"));
serve(documents, routes.llmsFull, ({ c }) => read(c, "llms-full.txt", "text/plain; charset=utf-8"));
serve(documents, routes.docsPage, ({ c, id }) => read(c, `docs.${id}`, markdown));
serve(documents, routes.designPage, ({ c, id }) => read(c, `docs.design.${id}`, markdown));

/** @param name of a file that is beside the Worker, or of none */
async function read(c: Context<PassageContext>, name: string, type: string): Promise<Response> {
  const found = /^[\w-]+(\.[\w-]+)*\.(md|txt)$/.test(name) ? await c.env.ASSETS.fetch(`http://assets/${name}`) : null;
  if (!found?.ok) throw problem("not_found", "There is no such document. /llms.txt lists them.");
  const text = (await found.text()).replaceAll(writtenOrigin, publicOrigin(c));
  const headers = { "content-type": type, "cache-control": "public, max-age=300", "access-control-allow-origin": "*" };
  return c.body(text, 200, headers) as Response;
}
