import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Hands, Place } from "./hands.ts";

/** A person who is another program at the browser's debugging port: fast, and in a headless browser too. */
export class DevToolsHands implements Hands {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  fill(field: Place, text: string): Promise<void> {
    return this.#page.fill(field.selector, text);
  }

  press(button: Place): Promise<void> {
    return this.#page.click(button.selector);
  }

  choose(choice: Place): Promise<void> {
    return this.#page.check(choice.selector);
  }

  async whatShows(places: readonly Place[], address?: RegExp): Promise<Place | null> {
    const seen = this.#page.locator(places.map(({ selector }) => selector).join(", ")).first();
    const arrived = address && this.#page.waitForURL(address, { waitUntil: "commit" }).then(() => true);
    const asked = seen.waitFor().then(() => false);
    const isOver = await Promise.race([asked, ...(arrived ? [arrived] : [])]).catch((error) => {
      if (this.#page.isClosed()) return true;
      throw error;
    });
    if (isOver) return null;
    // The device may close its window from here on: a link has ended where the site's answer is final.
    for (const place of places) if (await this.#page.isVisible(place.selector).catch(() => false)) return place;
    return null;
  }

  async textOf(place: Place): Promise<string> {
    return (await this.#page.textContent(place.selector)) ?? "";
  }

  async openWindow(button: Place): Promise<Hands> {
    const [popup] = await Promise.all([this.#page.waitForEvent("popup"), this.press(button)]);
    return new DevToolsHands(popup);
  }

  close(): Promise<void> {
    return closeWindow(this.#page);
  }
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

/** Presses "I'm done" or "Yes" in the device's overlay, with the mouse: no script of the page can reach it. */
export async function pressDone(page: Page): Promise<void> {
  const overlay = page.locator("passage-status");
  await overlay.waitFor();
  await page.waitForFunction(
    () => (document.querySelector("passage-status:not([aria-busy])")?.getBoundingClientRect().height ?? 0) > 80,
  );
  const box = await overlay.boundingBox();
  if (!box) throw new Error("The overlay has no box.");
  await page.mouse.click(box.x + box.width * 0.75, box.y + box.height - 45);
}
