import type { BatchCommand, Browser } from "@passage/connect";
import type { Page } from "playwright-core";

/**
 * Thirty steps on the sandbox's T-Mobile: sign in, look at the account, the bill and the past bills. `ours` and `playwright` take
 * the same steps, and answer the same.
 */
export interface Account {
  readonly greeting: string;
  readonly lines: readonly string[];
  readonly due: readonly string[];
  readonly count: number;
  readonly bills: readonly { readonly cycle: string; readonly amount: string }[];
}

export const stepCount = 30;
const line = (number: number) => `dt:has-text("${number === 0 ? "Account number" : `Line ${number}`}") + dd`;
const due = (index: number) => `.figures .amount >> nth=${index}`;
const cell = (bill: number, part: "cycle" | "amount") =>
  `.bb-past-bill-row >> nth=${bill} >> .bb-past-bill${part === "cycle" ? "s-cycle" : "s-amount"}`;

export async function withPlaywright(page: Page, site: string): Promise<Account> {
  const read = async (selector: string) => (await page.locator(selector).textContent()) ?? "";
  await page.goto(`${site}/account`);
  await page.fill("#usernameTextBox", "user_good");
  await page.click("#lp1-next-btn");
  await page.fill("#passwordTextBox", "pass_good");
  await page.click("#lp2-login-btn");
  await page.check("input[type=radio] >> nth=0");
  await page.click("button.continue-btn");
  await page.fill("#confirmcode", "123456");
  await page.click("button.continue-action-btn");
  await page.waitForURL("**/dashboard");
  const greeting = await read("h1");
  await page.click("text=Account overview >> nth=-1");
  await page.waitForURL("**/account-overview");
  const lines = [];
  for (const number of [0, 1, 2]) lines.push(await read(line(number)));
  await page.click("text=Bill & pay >> nth=0");
  await page.waitForSelector(due(0));
  const dues = [await read(due(0)), await read(due(1))];
  await page.click(".tabs >> text=History");
  await page.waitForSelector("text=Bills in 2025");
  const count = await page.locator(".bb-past-bill-row").count();
  const bills = [];
  for (const bill of [0, 1, 2])
    bills.push({
      cycle: await read(cell(bill, "cycle")),
      amount: await read(cell(bill, "amount")),
    });
  await page.click(".tabs >> text=Summary");
  return { greeting, lines, due: dues, count, bills };
}

const click = (selector: string) => ({ command: "click", params: { selector } }) as const;
const fill = (selector: string, value: string) => ({ command: "fill", params: { selector, value } }) as const;
const text = (selector: string) => ({ command: "textContent", params: { selector } }) as const;

/** What an author writes who knows that each call crosses the network: what belongs together goes together. */
export async function withPassage(browser: Browser, site: string): Promise<Account> {
  const signIn = [
    { command: "navigate", params: { url: `${site}/account` } },
    fill("#usernameTextBox", "user_good"),
    click("#lp1-next-btn"),
    fill("#passwordTextBox", "pass_good"),
    click("#lp2-login-btn"),
    { command: "check", params: { selector: "input[type=radio] >> nth=0" } },
    click("button.continue-btn"),
    fill("#confirmcode", "123456"),
    click("button.continue-action-btn"),
    { command: "waitForURL", params: { url: { pattern: "/dashboard" } } },
  ] as const satisfies readonly BatchCommand[];
  await browser.batch(signIn);
  const [greeting, , , overview] = await browser.batch([
    text("h1"),
    click("text=Account overview >> nth=-1"),
    { command: "waitForURL", params: { url: { pattern: "/account-overview" } } },
    { command: "extract", params: { from: "dom", fields: { a: line(0), b: line(1), c: line(2) } } },
  ]);
  const [, , figures, , , count, rows] = await browser.batch([
    click("text=Bill & pay >> nth=0"),
    { command: "waitForSelector", params: { selector: due(0) } },
    { command: "extract", params: { from: "dom", fields: { amount: due(0), date: due(1) } } },
    click(".tabs >> text=History"),
    { command: "waitForSelector", params: { selector: "text=Bills in 2025" } },
    { command: "count", params: { selector: ".bb-past-bill-row" } },
    {
      command: "extract",
      params: {
        from: "dom",
        rows: ".bb-past-bill-row",
        fields: { cycle: ".bb-past-bills-cycle", amount: ".bb-past-bills-amount" },
        limit: 3,
      },
    },
    click(".tabs >> text=Summary"),
  ]);
  const { a, b, c } = overview.data as Record<string, string>;
  const { amount, date } = figures.data as Record<string, string>;
  return {
    greeting: greeting.text,
    lines: [a, b, c] as string[],
    due: [amount, date] as string[],
    count: count.count,
    bills: rows.data as unknown as Account["bills"],
  };
}

/** The same steps, one call each: what a program costs that was carried over word by word. */
export async function stepByStep(browser: Browser, site: string): Promise<Account> {
  const read = async (selector: string) => (await browser.textContent({ selector })).text;
  await browser.navigate({ url: `${site}/account` });
  await browser.fill({ selector: "#usernameTextBox", value: "user_good" });
  await browser.click({ selector: "#lp1-next-btn" });
  await browser.fill({ selector: "#passwordTextBox", value: "pass_good" });
  await browser.click({ selector: "#lp2-login-btn" });
  await browser.check({ selector: "input[type=radio] >> nth=0" });
  await browser.click({ selector: "button.continue-btn" });
  await browser.fill({ selector: "#confirmcode", value: "123456" });
  await browser.click({ selector: "button.continue-action-btn" });
  await browser.waitForURL({ url: { pattern: "/dashboard" } });
  const greeting = await read("h1");
  await browser.click({ selector: "text=Account overview >> nth=-1" });
  await browser.waitForURL({ url: { pattern: "/account-overview" } });
  const lines = [];
  for (const number of [0, 1, 2]) lines.push(await read(line(number)));
  await browser.click({ selector: "text=Bill & pay >> nth=0" });
  await browser.waitForSelector({ selector: due(0) });
  const dues = [await read(due(0)), await read(due(1))];
  await browser.click({ selector: ".tabs >> text=History" });
  await browser.waitForSelector({ selector: "text=Bills in 2025" });
  const { count } = await browser.count({ selector: ".bb-past-bill-row" });
  const bills = [];
  for (const bill of [0, 1, 2])
    bills.push({ cycle: await read(cell(bill, "cycle")), amount: await read(cell(bill, "amount")) });
  await browser.click({ selector: ".tabs >> text=Summary" });
  return { greeting, lines, due: dues, count, bills };
}
