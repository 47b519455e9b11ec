import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Section } from "./src/mcp/section.ts";

/**
 * The files of `/reference`, beside the Worker: Swagger UI (no dependency at run time and, unlike Redoc 3 and Scalar, no
 * telemetry and no request to another host) and the three lines that start it.
 */
export function buildAssets(folder = join(import.meta.dirname, "dist/assets")): void {
  const source = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  mkdirSync(folder, { recursive: true });
  cpSync(join(source, "swagger-ui.css"), join(folder, "swagger-ui.css"));
  cpSync(join(source, "swagger-ui-bundle.js.LICENSE.txt"), join(folder, "swagger-ui.LICENSE.txt"));
  // The source map stays behind: it is larger than the script.
  const script = readFileSync(join(source, "swagger-ui-bundle.js"), "utf8").replace(
    /\n\/\/# sourceMappingURL=.*\s*$/,
    "",
  );
  writeFileSync(join(folder, "swagger-ui.js"), script);
  const options = { url: "/openapi.json", dom_id: "#reference", deepLinking: true, validatorUrl: null };
  writeFileSync(join(folder, "reference.js"), `SwaggerUIBundle(${JSON.stringify(options)});\n`);
  writeFileSync(join(folder, "docs.json"), JSON.stringify(docSections(join(import.meta.dirname, "../docs"))));
}

/** The pages of a folder, cut at their headings: what `search_docs` of `/mcp` searches. */
function docSections(folder: string): Section[] {
  const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
  return pages.flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .split(/^(?=#{1,3} )/m)
      .map((part) => {
        const [, heading = "", text = ""] = /^#{1,3} (.*)\n([\s\S]*)$/.exec(part) ?? [];
        return { page: `docs/${name}`, heading, text: text.trim() };
      })
      .filter(({ text }) => text !== ""),
  );
}
