import { expect, test } from "vitest";
import { pageOver } from "./page.ts";
import { type SignInPages, signIn } from "./sign-in.ts";

const pages: SignInPages = {
  name: "Shop",
  site: "https://shop.example",
  start: "https://shop.example/account",
  signedInPath: "/account$",
  form: ["#user"],
  troubles: [],
};

/** A device on which the start page answers so, and shows the form or not. */
function pageThat({ status, showsForm }: { status: number | null; showsForm: boolean }) {
  const asked: string[] = [];
  let url = "about:blank";
  const page = pageOver(
    async (request) => {
      if (!("command" in request)) {
        asked.push("yield");
        return { matched: true, condition: 0, url };
      }
      asked.push(request.command);
      if (request.command === "navigate") url = "https://shop.example/account";
      const looked = [{ result: { url } }, { result: { visible: showsForm && !asked.includes("yield") } }];
      const answers: Record<string, unknown> = {
        url: { url },
        navigate: { url, status },
        isVisible: { visible: showsForm },
        batch: { results: looked },
      };
      return answers[request.command] ?? {};
    },
    (address) => address,
  );
  return { page, asked };
}

test.each([404, 410])(
  "a start page that answers %i without a form is site_changed, and nobody is asked to sign in",
  async (status) => {
    const { page, asked } = pageThat({ status, showsForm: false });
    await expect(signIn(page, pages)).rejects.toMatchObject({
      details: {
        reason: "site_changed",
        expected: "the account or its sign-in (#user) at /account",
        seen: `status ${status}`,
      },
    });
    expect(asked).not.toContain("yield");
  },
);

test("one that answers 404 with the form is the person's turn", async () => {
  const { page, asked } = pageThat({ status: 404, showsForm: true });
  await signIn(page, pages);
  expect(asked).toContain("yield");
});

test.each([
  [403, "blocked_by_site"],
  [429, "blocked_by_site"],
  [503, "site_down"],
])("status %i is %s", async (status, reason) => {
  const { page } = pageThat({ status, showsForm: false });
  await expect(signIn(page, pages)).rejects.toMatchObject({ details: { reason } });
});
