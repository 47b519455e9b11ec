import { readdirSync } from "node:fs";

/** `npm run bench -- <name>`: one benchmark. Its last line is one JSON object with medians and ratios. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.replace(".bench.ts", ""));
const [name = ""] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`Which benchmark? npm run bench -- <name>, one of: ${names.join(", ")}`);
  process.exit(2);
}
await import(`./${name}.bench.ts`);
