import type { Page } from "playwright-core";

/** What people do at Uber Eats' sign-in. */
export const diner = {
  async withCode(page: Page, user: string): Promise<void> {
    await page.fill("#PHONE_NUMBER_or_EMAIL_ADDRESS", user);
    await page.click("#forward-button");
    for (const [place, digit] of [..."1234"].entries()) await page.fill(`#PHONE_SMS_OTP-${place}`, digit);
    await page.click("#forward-button");
  },
  async withPassword(page: Page, user: string): Promise<void> {
    await page.fill("#PHONE_NUMBER_or_EMAIL_ADDRESS", user);
    await page.click("#forward-button");
    await page.fill("#PASSWORD", "pass_good");
    await page.click("#forward-button");
  },
  /** In a window of its own. */
  async withApple(page: Page, user: string): Promise<void> {
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.click("#continue-with-apple")]);
    await popup.fill("#account_name_text_field", user);
    await popup.fill("#password_text_field", "pass_good");
    await popup.click("#sign-in");
  },
};

/** What people do at The Reading Room's sign-in. */
export const reader = {
  async withPassword(page: Page, user: string): Promise<void> {
    await page.fill("#email", user);
    await page.fill("#password", "pass_good");
    await page.click("#sign-in");
  },
  async withCode(page: Page, user: string): Promise<void> {
    await reader.withPassword(page, user);
    await page.fill("#code", "123456");
    await page.click("#verify");
  },
};
