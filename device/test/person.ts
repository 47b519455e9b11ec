import { type Browser, chromium, type Page } from "playwright-core";

/** A person at the device's window: input that the page and the device cannot tell from a human's. */
export class Person {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  /** `cdpPort`: the device's DevTools port. */
  static async at(cdpPort: number): Promise<Person> {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${cdpPort}`);
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error("The device has no window");
    return new Person(browser, page);
  }

  /** The window, for whatever else a person does there. */
  get page(): Page {
    return this.#page;
  }

  async type(selector: string, text: string): Promise<void> {
    await this.#page.locator(selector).first().click();
    await this.#page.keyboard.type(text);
  }

  /** Lets the left button go at the point, without having pressed it. */
  async releaseAt(x: number, y: number): Promise<void> {
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.up();
  }

  async typeInFrame(frame: string, selector: string, text: string): Promise<void> {
    await this.#page.frameLocator(frame).locator(selector).click();
    await this.#page.keyboard.type(text);
  }

  /** Clicks what opens a window, types there, and closes it. */
  async typeInPopup(opener: string, selector: string, text: string): Promise<void> {
    const [popup] = await Promise.all([this.#page.waitForEvent("popup"), this.#page.locator(opener).click()]);
    await popup.locator(selector).click();
    await popup.keyboard.type(text);
    await popup.close();
  }

  /** Lets go of the window; the browser stays. */
  leave(): Promise<void> {
    return this.#browser.close();
  }
}
