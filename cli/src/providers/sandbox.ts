import { twinsOf } from "../catalog/twins.ts";
import { printLines } from "../print.ts";
import { interrupted } from "../signals.ts";
import { findAll } from "./find.ts";
import { startSandbox } from "./site.ts";

/** `passage providers sandbox`: serves the stand-in for a package's site until it is told to stop. */
export async function serveSandbox({ dir, port }: { dir?: string; port: number }): Promise<number> {
  const [found] = await findAll(dir);
  if (!found || found.sandbox === null)
    throw new Error(
      "There is no sandbox.ts. Write one that exports const sandbox = { fetch }: it gets the requests to the site's twins.",
    );
  const stopped = interrupted();
  const site = await startSandbox([found], port);
  const address = new URL(site.siteUrl("https://localhost.any"));
  printLines(twinsOf(found.provider).map((host) => `http://${host}:${address.port}`));
  await stopped;
  await site.stop();
  return 0;
}
