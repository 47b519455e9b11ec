import type { Page } from "playwright-core";

/** A way in which a person gives a site a secret, or something that is none. */
export interface Row {
  readonly name: string;
  /** The page. Its field is `#f` unless `act` knows better. */
  readonly html: string | ((site: Places) => string);
  /** What is given: a code of six digits, or a word that nobody else uses. */
  readonly gives: "code" | "word";
  /** How; with keys into `#f` unless given. */
  readonly act?: (page: Page, value: string) => Promise<void>;
  /**
   * What must stop it when the person's turn is over and the page is still there: `blocked_private` where a field is known for
   * what it is, now or before, and `blocked_secret` where the value alone is. Null where nothing may.
   */
  readonly stop: "blocked_private" | "blocked_secret" | null;
  /** Whether it may be read on the pages that come after: it is no secret, or too short to be told from chance. */
  readonly freeLater?: boolean;
  /** Runs in `npm test` too. */
  readonly short?: boolean;
}

/** Addresses that a row's page may lead to. */
export interface Places {
  /** A page with the HTML, on the same origin. */
  page(html: string): string;
  /** On another site. */
  elsewhere(html: string): string;
}

export const keys = async (page: Page, value: string) => {
  await page.locator("#f").first().click();
  await page.keyboard.type(value);
};
export const inFrame =
  (...frames: string[]) =>
  async (page: Page, value: string) => {
    let within = page.frameLocator(frames[0] as string);
    for (const frame of frames.slice(1)) within = within.frameLocator(frame);
    await within.locator("#f").click();
    await page.keyboard.type(value);
  };
/** Clicks a key of the page's own keypad for each character. */
export const presses = (of: (character: string) => string) => async (page: Page, value: string) => {
  for (const character of value) await page.click(of(character));
};
/** As a script does. */
export const setValue = (page: Page, selector: string, value: string) =>
  page.locator(selector).evaluate((field, text) => void Object.assign(field, { value: text }), value);
/** Copies the value out of `#src`, as from a password manager, and pastes it. */
export const pastes = (into: string) => async (page: Page, value: string) => {
  await setValue(page, "#src", value);
  await page.click("#src");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.click(into);
  await page.keyboard.press("Control+v");
};
export const source = "<input id=src type=search aria-label=Search>";
export const script = (text: string) => `<script>${text}</script>`;
/** The HTML as a string in a script. */
export const quoted = (html: string) => JSON.stringify(html).replaceAll("</", "<\\/");
