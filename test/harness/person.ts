import type { Page } from "playwright-core";

/** Where a carrier's sign-in has its fields. */
interface Form {
  readonly user: string;
  readonly next: string;
  readonly password: string;
  readonly submit: string;
  /** Between user name and password, on sites that ask how to sign in. */
  readonly method?: string;
}

const forms: Readonly<Record<string, Form>> = {
  tmobile: {
    user: "input#usernameTextBox",
    next: "button#lp1-next-btn",
    password: "input#passwordTextBox",
    submit: "button#lp2-login-btn",
  },
  att: {
    user: "input#userID",
    next: "button#continueFromUserLogin",
    password: "input#password",
    submit: "button#signin",
  },
  verizon: {
    user: "input#username",
    next: "button#mvo-main-button",
    method: "text=Sign in with password",
    password: "input#password",
    submit: "button#mvo-main-button",
  },
};

const alert = "[role=alert]:not(:empty):visible";
const onSite = /\/\/www\./;

/**
 * Does what a sandbox user does on a carrier's pages until the account is open: password, and then whatever the site asks
 * for. Where the site says no, the person closes the window.
 */
export async function signInAs(page: Page, provider: string, user: string): Promise<void> {
  const form = forms[provider];
  if (!form) throw new Error(`No form is known for ${provider}.`);
  await page.fill(form.user, user);
  await page.click(form.next);
  if (form.method) await page.click(form.method);
  await page.fill(form.password, "pass_good");
  await page.click(form.submit);
  await goOn(page);
}

async function goOn(page: Page): Promise<void> {
  const seen = page.locator(`#choose-method-page, #puzzle, ${alert}, #access-denied`).first();
  const next = await Promise.race([
    page.waitForURL(onSite, { waitUntil: "commit" }).then(() => "signed in"),
    seen.waitFor().then(() => "asked"),
  ]).catch((error) => {
    // The device closes its window itself when a link has ended.
    if (page.isClosed()) return "closed";
    throw error;
  });
  if (next !== "asked") return;
  if (await page.isVisible("#choose-method-page")) {
    await page.check('input[value="sms"]');
    await page.click("button.continue-btn");
    await page.fill('input[autocomplete="one-time-code"]', "123456");
    await page.click("button.continue-action-btn");
  } else if (await page.isVisible("#puzzle")) {
    await page.check('input[value="triangle"]');
    await page.click("#puzzle button");
  } else if (await page.isVisible(alert)) {
    await page.close();
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
