import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const source = join(here, "src/claim");

/**
 * Writes the claim page as one file, `claim.html`, and beside it `claim.csp.txt`: the value of the
 * `Content-Security-Policy` header that it must be served with. The policy names its script and style by hash.
 *
 * @param outDir where to write; default `link/dist`
 */
export async function buildClaimPage(outDir = join(here, "dist")): Promise<void> {
  const [page, style, script] = await Promise.all([
    readFile(join(source, "page.html"), "utf8"),
    bundle("page.css"),
    bundle("main.ts"),
  ]);
  const html = inline(inline(page, "<style>", style), '<script type="module">', script);
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, "claim.html"), html);
  await writeFile(join(outDir, "claim.csp.txt"), policy(style, script));
}

async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(source, file)],
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome111", "firefox121", "safari16.4"],
    charset: "utf8",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text.trim() ?? "";
}

function inline(page: string, tag: string, content: string): string {
  if (page.split(tag).length !== 2) throw new Error(`page.html must hold one empty ${tag}`);
  return page.replace(tag, () => tag + content);
}

function policy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "connect-src 'self' ws: wss:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function hash(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
