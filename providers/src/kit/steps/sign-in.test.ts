import { linkError } from "@passage/automation/failure";
import { pageOver } from "@passage/automation/page";
import { PassageError } from "@passage/protocol/errors";
import { operationManifest } from "@passage/protocol/manifest";
import type { StatusClass } from "@passage/protocol/reads/declaration";
import { expect, test } from "vitest";
import type { SignInPages } from "./sign-in.ts";
import { declaredSignIn, signIn } from "./sign-in.ts";
import { nameOfStep, steps } from "./step.ts";

const pages: SignInPages = {
  name: "Shop",
  site: "https://shop.example",
  start: "https://shop.example/account",
  signedInPath: "/account$",
  form: ["#user", "#pass"],
  troubles: [{ selector: "#wrong", reason: "wrong_credentials", message: "Wrong password." }],
};

/** A device whose start page has this status and address. It shows the form until the person has had their turn. */
function pageThat(
  site: { status: StatusClass | null; showsForm: boolean; leadsIn?: boolean; shows?: string },
  given = pages,
) {
  const declared = declaredSignIn(given);
  const named = steps(declared.steps);
  const nameOf = new Map(Object.entries(named).map(([name, one]) => [nameOfStep(one), name]));
  const asked: string[] = [];
  let turns = 0;
  const holds = (name = "") => {
    if (name === "signedIn") return (site.leadsIn ?? true) && asked.includes("account");
    if (name === "form") return site.showsForm && turns === 0;
    return name === site.shows;
  };
  const take = (command: string, { step, ...rest }: { step: string }): unknown => {
    const name = nameOf.get(step) ?? step;
    asked.push(name);
    if (command === "at") return { holds: holds(name) };
    if (name === "account") return { status: site.status };
    if (name !== "signedIn" && name !== "quiet" && !holds(name))
      throw new PassageError("timeout", JSON.stringify(rest));
    return {};
  };
  const page = pageOver(async (request) => {
    if ("yield" in request) {
      const ends = request.yield.conditions.map((one) => nameOf.get("step" in one ? one.step : "") ?? "?");
      asked.push(`turn: ${[request.yield.status?.subheading ?? "", ...ends].join(" ").trim()}`);
      turns++;
      return { matched: true, condition: 0 };
    }
    const { command, params } = request;
    if (command === "updateStatus") return {};
    if (command !== "batch") return take(command, params as { step: string });
    const list = (params as { commands: { command: string; params: { step: string } }[] }).commands;
    return { results: list.map((one) => ({ result: take(one.command, one.params) })) };
  });
  return { page, asked, declared };
}

test("an absent start page without a form is site_changed, and nobody is asked to sign in", async () => {
  const { page, asked, declared } = pageThat({ status: "absent", showsForm: false });
  await expect(signIn(page, declared)).rejects.toMatchObject({
    details: {
      reason: "site_changed",
      expected: "the account or its sign-in (#user, #pass) at /account",
      seen: "status 404 or 410",
    },
  });
  expect(asked.join()).not.toContain("turn");
});

test.each(["absent", "refused"] as const)("one that is %s with the form is the person's turn", async (status) => {
  const { page, asked, declared } = pageThat({ status, showsForm: true });
  await signIn(page, declared);
  expect(asked).toContain("turn: formGone trouble1");
});

test.each([
  ["refused", "blocked_by_site"],
  ["too_many", "blocked_by_site"],
  ["down", "site_down"],
] as const)("status %s is %s", async (status, reason) => {
  const { page, declared } = pageThat({ status, showsForm: false });
  await expect(signIn(page, declared)).rejects.toMatchObject({ details: { reason } });
});

test("a host that cannot see a status goes on", async () => {
  const { page, asked, declared } = pageThat({ status: null, showsForm: false });
  await signIn(page, declared);
  expect(asked).toEqual(["signedIn", "account", "signedIn", "quiet", "form", "signedIn", "form", "trouble1"]);
});

test("[A3] an address that counts as signed in but shows the form is not signed in", async () => {
  const { page, asked, declared } = pageThat({ status: "ok", showsForm: true });
  await signIn(page, declared);
  expect(asked.filter((one) => one.startsWith("turn"))).toEqual(["turn: formGone trouble1"]);
});

test("[A3] where the signed-in element is named, it ends the turn, and is waited for beside the form", async () => {
  const { page, asked, declared } = pageThat(
    { status: "ok", showsForm: true, shows: "signedInShows" },
    { ...pages, signedIn: "#hello" },
  );
  await signIn(page, declared);
  expect(asked).toContain("drawn");
  expect(asked).not.toContain("quiet");
  expect(asked).toContain("turn: signedInShows trouble1");
});

test("[A4] a trouble at the signed-in address is none of an account: final, it ends the run", async () => {
  const site = { status: "ok", showsForm: false, shows: "trouble1" } as const;
  const [trouble] = pages.troubles;
  if (!trouble) throw new Error("no trouble");
  const { page, declared } = pageThat(site, { ...pages, troubles: [{ ...trouble, isFinal: true }] });
  await expect(signIn(page, declared)).rejects.toMatchObject({ details: { reason: "wrong_credentials" } });
});

test("[A13] a login that the device cannot show is unsupported_login_method", async () => {
  const declared = declaredSignIn(pages);
  steps(declared.steps);
  const page = pageOver(async (request) => {
    if ("command" in request && request.command === "step")
      throw new PassageError("navigation_failed", "Title.", { details: { reason: "unsupported_login_method" } });
    return "command" in request && request.command === "at" ? { holds: false } : {};
  });
  const error = await signIn(page, declared).catch((thrown) => thrown);
  expect(linkError(error).details).toMatchObject({ reason: "unsupported_login_method" });
});

test("its steps and words fit a manifest", () => {
  const { steps: named, says } = declaredSignIn({ ...pages, signedIn: "#hello" });
  const manifest = {
    provider: "shop",
    providerName: "Shop",
    version: 1,
    resource: "bills",
    action: "read",
    sends: "Your bills",
    origins: ["https://shop.example"],
    signIn: [],
    resultSha256: "0".repeat(64),
    issuedAt: 1_767_225_600,
    expiresAt: 1_767_312_000,
    evidence: "synthetic",
    v: 1,
    steps: Object.fromEntries(Object.entries(named).map(([name, { declaration }]) => [name, declaration])),
    reads: {},
    says,
  };
  expect(operationManifest.safeParse(manifest).success).toBe(true);
  expect(says).toEqual(["Opening Shop", "Sign in to Shop", "Wrong password."]);
});
