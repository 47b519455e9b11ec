import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildClaimPage } from "./build.ts";

let folder: string;
let html: string;
let policy: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "claim-"));
  await buildClaimPage(folder);
  [html, policy] = (await Promise.all(
    ["claim.html", "claim.csp.txt"].map((file) => readFile(join(folder, file), "utf8")),
  )) as [string, string];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the page is one file that loads nothing", () => {
  const addresses = [...html.matchAll(/<[a-z]+[^>]* (?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses.map((address) => address?.slice(0, 6))).toEqual(["data:i", "/"]);
  for (const forbidden of [/@import/, /url\(/, /sourceMappingURL/, /\bzod\b/, /\bhono\b/, /psg_/, /innerHTML/]) {
    expect(forbidden.exec(html)?.[0]).toBeUndefined();
  }
  expect(html).toContain('<meta name="referrer" content="no-referrer">');
  console.log(`claim.html: ${html.length} bytes, ${gzipSync(html).length} gzipped`);
});

test("the policy allows this script and this style, and nothing else inline", () => {
  const hashOf = (tag: string) => {
    const [, content] = new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(html) ?? [];
    return `'sha256-${createHash("sha256")
      .update(content ?? "")
      .digest("base64")}'`;
  };
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    `script-src ${hashOf("script")}`,
    `style-src ${hashOf("style")}`,
    "connect-src 'self' ws: wss:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(/<[^>]+ (on\w+|style)=/.exec(html)?.[0]).toBeUndefined();
});
