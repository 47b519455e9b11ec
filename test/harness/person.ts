import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";

/** How a sandbox user signs in at the site of each provider, from its first page to the account; fictional all of them. */
const people: Readonly<Record<string, (page: Page, user: string) => Promise<void>>> = {
  tmobile: carrier({
    user: "input#usernameTextBox",
    next: "button#lp1-next-btn",
    password: "input#passwordTextBox",
    submit: "button#lp2-login-btn",
  }),
  att: carrier({
    user: "input#userID",
    next: "button#continueFromUserLogin",
    password: "input#password",
    submit: "button#signin",
  }),
  verizon: carrier({
    user: "input#username",
    next: "button#mvo-main-button",
    method: "text=Sign in with password",
    password: "input#password",
    submit: "button#mvo-main-button",
  }),
  ubereats: diner,
  "apple-review": reader,
};

const alert = "[role=alert]:not(:empty):visible";

/** Signs in as a user of the sandbox. Where the site says no, the person reads that and closes the window. */
export async function signInAs(page: Page, provider: string, user: string): Promise<void> {
  const person = people[provider];
  if (!person) throw new Error(`Nobody knows how to sign in for ${provider}.`);
  await person(page, user);
}

interface CarrierForm {
  readonly user: string;
  readonly next: string;
  readonly password: string;
  readonly submit: string;
  /** Between user name and password, on sites that ask how to sign in. */
  readonly method?: string;
}

function carrier(form: CarrierForm) {
  return async (page: Page, user: string) => {
    await page.fill(form.user, user);
    await page.click(form.next);
    if (form.method) await page.click(form.method);
    await page.fill(form.password, "pass_good");
    await page.click(form.submit);
    const factors = "#choose-method-page";
    const next = await whatComes(page, /\/\/www\./, [factors, "#puzzle", "#access-denied"]);
    if (next === factors) {
      await page.check('input[value="sms"]');
      await page.click("button.continue-btn");
      await page.fill('input[autocomplete="one-time-code"]', "123456");
      await page.click("button.continue-action-btn");
    } else if (next === "#puzzle") {
      await page.check('input[value="triangle"]');
      await page.click("#puzzle button");
    }
  };
}

async function diner(page: Page, user: string): Promise<void> {
  const [code, password] = ["#PHONE_SMS_OTP-0", "#PASSWORD"];
  await page.fill("#PHONE_NUMBER_or_EMAIL_ADDRESS", user);
  await page.click("#forward-button");
  const next = await Promise.race([code, password, alert].map((one) => page.waitForSelector(one).then(() => one)));
  if (next === alert)
    return (await page.textContent(alert))?.includes("Apple") ? withPopup(page, user) : closeWindow(page);
  if (next === password) await page.fill(password, "pass_good");
  else for (const [place, digit] of [..."1234"].entries()) await page.fill(`#PHONE_SMS_OTP-${place}`, digit);
  await page.click("#forward-button");
  await whatComes(page, /\/\/www\./);
}

/** The site says that this account signs in with Apple, which it does in a window of its own. */
async function withPopup(page: Page, user: string): Promise<void> {
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.click("#continue-with-apple")]);
  await popup.fill("#account_name_text_field", user);
  await popup.fill("#password_text_field", "pass_good");
  await popup.click("#sign-in");
}

async function reader(page: Page, user: string): Promise<void> {
  await page.fill("#email", user);
  await page.fill("#password", "pass_good");
  await page.click("#sign-in");
  if ((await whatComes(page, /\/history$/, ["#code"])) !== "#code") return;
  await page.fill("#code", "123456");
  await page.click("#verify");
}

/** Waits for the account, one of the steps or an alert; an alert has the person close the window. */
async function whatComes(page: Page, account: RegExp, steps: readonly string[] = []): Promise<string | null> {
  const seen = page.locator([...steps, alert].join(", ")).first();
  const signedIn = page.waitForURL(account, { waitUntil: "commit" }).then(() => true);
  const asked = seen.waitFor().then(() => false);
  const isIn = await Promise.race([signedIn, asked]).catch((error) => {
    // The device closes its window itself when a link has ended.
    if (page.isClosed()) return true;
    throw error;
  });
  if (isIn) return null;
  // The device may close its window from here on: a link has ended where the site's answer is final.
  for (const step of steps) if (await page.isVisible(step).catch(() => false)) return step;
  await closeWindow(page);
  return null;
}

/**
 * Closes the window as its cross does. Chromium takes a close and forgets it when it meets the commit of a navigation
 * (crbug.com/536385539): a person would press again.
 */
export async function closeWindow(page: Page): Promise<void> {
  if (page.isClosed()) return;
  const closed = page.waitForEvent("close", { timeout: 0 }).then(() => true);
  // The device may close it at the same moment.
  const window = await page
    .context()
    .newCDPSession(page)
    .catch(() => null);
  while (!page.isClosed()) {
    window?.send("Page.close").catch(() => {});
    await Promise.race([closed, setTimeout(1_000)]);
  }
}

/** Presses "I'm done" in the device's overlay, with the mouse: no script of the page can reach it. */
export async function pressDone(page: Page): Promise<void> {
  const overlay = page.locator("passage-status");
  await overlay.waitFor();
  await page.waitForFunction(
    () => (document.querySelector("passage-status")?.getBoundingClientRect().height ?? 0) > 80,
  );
  const box = await overlay.boundingBox();
  if (!box) throw new Error("The overlay has no box.");
  await page.mouse.click(box.x + box.width * 0.75, box.y + box.height - 45);
}
