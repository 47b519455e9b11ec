/** What a new provider is made from. */
export interface Blueprint {
  readonly id: string;
  /** The site's live origin, such as `https://www.cedar-library.example`. */
  readonly site: string;
  readonly resource: string;
  readonly action: string;
}

/** The files of a new provider, by their names in its folder. They pass every check but the one for a recording. */
export function scaffold(blueprint: Blueprint): Record<string, string> {
  return {
    "provider.ts": provider(blueprint),
    "pages.ts": pages(blueprint),
    ...scaffoldOperation(blueprint),
    "recordings/.gitkeep": "",
  };
}

/** The files of one operation. They lean on the `pages.ts` of the provider. */
export function scaffoldOperation(blueprint: Blueprint): Record<string, string> {
  const file = operationFile(blueprint);
  return { [`${file}.ts`]: operation(blueprint), [`${file}.test.ts`]: operationTest(blueprint) };
}

/** The provider's name as a variable: `cedar-library` is `cedarLibrary`. */
export function variableOf(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** An operation's file, without its ending: `poolVisits:read` is in `pool-visits.read`. */
export function operationFile({ resource, action }: Blueprint): string {
  return `${resource.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase()}.${action}`;
}

/** An operation as a variable: `loans:read` is `loansRead`. */
export function operationVariable({ resource, action }: Blueprint): string {
  return `${resource}${action === "read" ? "Read" : "Write"}`;
}

export function titleOf(id: string): string {
  return id.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => `${dash && " "}${letter.toUpperCase()}`);
}

function provider(blueprint: Blueprint): string {
  const { id, site } = blueprint;
  return `import { defineProvider } from "@passage/providers/define";
import { ${operationVariable(blueprint)} } from "./${operationFile(blueprint)}.ts";

export const ${variableOf(id)} = defineProvider({
  id: "${id}",
  name: "${titleOf(id)}",
  // Count it up whenever a run asks for other things than before: sessions under way stay with what they began with.
  version: 1,
  site: "${site}",
  operations: [${operationVariable(blueprint)}],
});
`;
}

function pages({ id, site }: Blueprint): string {
  return `import { declaredSignIn } from "@passage/providers/steps/sign-in";

export const site = "${site}";

/** How the site shows whether somebody is signed in. Write live addresses: runs on a stand-in map them. */
export const signInPages = declaredSignIn({
  name: "${titleOf(id)}",
  site,
  // A page behind the sign-in: the site leads to its form and back.
  start: \`\${site}/account\`,
  // The path of an address behind the sign-in, as a pattern that follows the site's origin.
  signedInPath: "/account(/|$|\\\\?)",
  // The fields of the login form, of all its steps. While one of them shows, nobody is signed in, whatever the address says.
  form: ["input#username", "input#password"],
  // What the site shows when the sign-in does not go on, and who is to blame: docs/providers.md has the reasons.
  troubles: [
    {
      selector: "#error:has-text('not right')",
      reason: "wrong_credentials",
      message: "${titleOf(id)} did not take this user name and password.",
    },
  ],
});
`;
}

function operation(blueprint: Blueprint): string {
  const { resource, action } = blueprint;
  return `import { operation } from "@passage/providers/define";
import { id, list, text } from "@passage/providers/reads/leaf";
import { reads, request } from "@passage/providers/reads/read";
import { signIn } from "@passage/providers/steps/sign-in";
import { steps } from "@passage/providers/steps/step";
import * as z from "zod";
import { signInPages, site } from "./pages.ts";

// 1. What a developer may ask for; \`arguments: null\` where there is nothing to ask.
const ${resource}Arguments = z.object({
  limit: z.number().int("must be a positive integer").positive("must be a positive integer").optional(),
});

// 2. What they get. Nothing is delivered that does not fit.
const item = z.object({
  number: z.string(),
  title: z.string(),
});

// 3. What leaves the device, in the site's own keys: look for the call in the browser's network panel.
const siteItem = z.object({ id: id(64, { digits: true }), title: text(200) });
const declaredReads = reads({
  items: request({
    what: "your ${resource}: number and title of each",
    // Where the page must be when it asks.
    on: \`\${site}/account\`,
    get: "/api/items",
    data: z.object({ items: list(siteItem, 100) }),
  }),
});

export const ${operationVariable(blueprint)} = operation({
  resource: "${resource}",
  action: "${action}",
  // One plain line that the person reads before they agree.
  description: "Your ${resource}: number and title of each",
  arguments: ${resource}Arguments,
  result: z.object({ items: z.array(item) }),
  // 4. What the device holds the run to: it does nothing that is not declared here.
  manifest: {
    origins: [site],
    // Origins that are for signing in only; the device keeps every page there private.
    signIn: [],
    reads: declaredReads,
    steps: steps(signInPages.steps),
    // All words that the person is shown.
    says: [...signInPages.says, "Reading your ${resource}", "Done"],
    // "documented": built from public sources; "live": recorded on the real site.
    evidence: "synthetic",
  },
  // 5. The run. It is run again from its journal after a restart: no clock, no randomness, no network but \`page\`.
  async run(page, { limit }) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your ${resource}", progress: 0.5 });
    const { items } = await page.read(declaredReads.items);
    await page.updateStatus({ heading: "Done", progress: 1 });
    return { items: items.map(toItem).slice(0, limit) };
  },
});

/** From the site's keys to ours. */
export function toItem({ id: number, title }: z.infer<typeof siteItem>): z.infer<typeof item> {
  return { number, title };
}
`;
}

function operationTest(blueprint: Blueprint): string {
  return `import { expect, test } from "vitest";
import { toItem } from "./${operationFile(blueprint)}.ts";

test("an item as the device reads it becomes one of ours", () => {
  expect(toItem({ id: "7", title: "First" })).toEqual({ number: "7", title: "First" });
});
`;
}
