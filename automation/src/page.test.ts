import { PassageError } from "@passage/protocol/errors";
import { declaredName } from "@passage/protocol/reads/digest";
import { type StepDeclaration, stepDeclaration } from "@passage/protocol/steps";
import { expect, expectTypeOf, test } from "vitest";
import { giveName } from "./given-name.ts";
import type { Issued } from "./issued.ts";
import { type Page, pageOver } from "./page.ts";
import { nameOfStep, type Step } from "./step.ts";

const shop = "https://shop.example";
const does = {
  account: step("account", { go: `${shop}/account` }),
  isAccount: step("isAccount", { when: "url", origin: shop, path: "/account" }),
  form: step("form", { when: "visible", selector: "#form" }),
  code: step("code", { fill: "#code", kind: "other", from: "code" }),
  zip: step("zip", { fill: "#zip", kind: "postal-code", from: "zip" }),
};

/** A step as an operation declares it. */
function step<const Declaration extends StepDeclaration>(name: string, declaration: Declaration): Step<Declaration> {
  const one = { declaration };
  giveName(one, declaredName(name, stepDeclaration.parse(declaration)));
  return one;
}

/** A page whose device returns this. */
function pageThatAnswers(answer: unknown) {
  const issued: Issued[] = [];
  const page = pageOver(async (request) => {
    issued.push(request);
    return answer;
  });
  return { page, issued };
}

test("several conditions and fields are one request, in order", async () => {
  const looking = pageThatAnswers({ results: [{ result: { holds: true } }, { result: { holds: false, later: 1 } }] });
  expect(await looking.page.look([does.isAccount, does.form])).toEqual([true, false]);
  const looks = [does.isAccount, does.form].map((one) => ({ command: "at", params: { step: nameOfStep(one) } }));
  expect(looking.issued).toEqual([{ command: "batch", params: { commands: looks } }]);

  const typing = pageThatAnswers({ results: [{ result: {} }, { result: {} }] });
  await typing.page.enterAll([
    [does.code, "a"],
    [does.zip, "98101"],
  ]);
  const types = [
    { command: "step", params: { step: nameOfStep(does.code), value: "a" } },
    { command: "step", params: { step: nameOfStep(does.zip), value: "98101" } },
  ];
  expect(typing.issued).toEqual([{ command: "batch", params: { commands: types } }]);
});

test("the first error of them rejects, and says at which step it came", async () => {
  const { page } = pageThatAnswers({ results: [{ result: {} }, { error: { code: "not_actionable", message: "no" } }] });
  const typed = page.enterAll([
    [does.code, "a"],
    [does.zip, "98101"],
  ]);
  await expect(typed).rejects.toThrow(PassageError);
  await expect(typed).rejects.toMatchObject({
    code: "not_actionable",
    message: "no",
    details: { command: "step", selector: "#zip" },
  });
});

test.each([
  ["lacks", [{ result: { holds: true } }]],
  ["does not fit", [{ result: { holds: true } }, { result: { holds: "yes" } }]],
])("a result that %s is invalid_message", async (_what, results) => {
  const { page } = pageThatAnswers({ results });
  await expect(page.look([does.isAccount, does.form])).rejects.toMatchObject({ code: "invalid_message" });
});

test("words to the person are a request of their own", async () => {
  const { page, issued } = pageThatAnswers({});
  await page.updateStatus({ heading: "Reading your bills", progress: 0.5 });
  expect(issued).toEqual([{ command: "updateStatus", params: { heading: "Reading your bills", progress: 0.5 } }]);
});

// The proof is the type check of this file.
test("types: a run has no free command, and its steps are of their kinds", () => {
  expectTypeOf<keyof Page>().toEqualTypeOf<
    | ("begin" | "read" | "ask" | "go" | "at" | "look" | "until" | "tap")
    | ("enter" | "enterAll" | "rest" | "updateStatus" | "turn")
  >();
  const use = async ({ page }: { page: Page }) => {
    // @ts-expect-error: a condition is no place
    await page.go(does.form);
    // @ts-expect-error: a place is no condition
    await page.at(does.account);
    // @ts-expect-error: a fill has a value
    await page.enter(does.code);
  };
  expectTypeOf(use).returns.resolves.toBeVoid();
});
