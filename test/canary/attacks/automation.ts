import { randomInt } from "node:crypto";
import { type Browser, chromium, type Page } from "playwright-core";
import { type Answered, Rig } from "../../../device/test/rig.ts";
import { personHasThePage } from "../visit.ts";
import { serveHome } from "./site.ts";

/**
 * An automation that wants the password, with a device and a person of its own. It knows the site's pages by heart; what it
 * has learnt is what the device sent, and what the site's pages sent to the address where it listens.
 */
export class Automation {
  readonly #rig: Rig;
  readonly #browser: Browser;
  readonly #person: Page;
  #frames = 0;
  #requests = 0;
  #secret = "";
  readonly #codes = new Set<string>();

  static async open(): Promise<Automation> {
    const rig = await Rig.open({ cdpPort: 0 });
    serveHome(rig.site);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${rig.host.cdpPort}`);
    const person = browser.contexts()[0]?.pages()[0];
    if (!person) throw new Error("The device has no window");
    return new Automation(rig, browser, person);
  }

  private constructor(rig: Rig, browser: Browser, person: Page) {
    this.#rig = rig;
    this.#browser = browser;
    this.#person = person;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#rig.close();
  }

  get origin(): string {
    return this.#rig.site.origin;
  }

  /** Another person, another password. */
  begin(): void {
    this.#frames = this.#rig.frames.length;
    this.#requests = this.#rig.site.requests.length;
    this.#codes.clear();
    const letters = Array.from({ length: 11 }, () => "bcdfghjkmnpqrstvwxz"[randomInt(19)]).join("");
    this.#secret = `${letters}${randomInt(10, 99)}`;
  }

  readonly ask = async (command: string, params: object = {}): Promise<Answered> => {
    const answer = await this.#rig.send(command, params as Record<string, unknown>);
    for (const { error } of [answer, ...(answer.result?.results ?? [])]) if (error) this.#codes.add(error.code);
    return answer;
  };

  /** The value of an expression; undefined where the device refuses. */
  readonly evaluate = async (expression: string): Promise<unknown> =>
    (await this.ask("evaluate", { expression, timeout: 2_000 })).result?.value;

  readonly goTo = async (path: string): Promise<void> => {
    await this.ask("navigate", { url: this.origin + path });
  };

  /** The person's turn at the login page: they type, and the automation ends the turn before they sign in. */
  async personTypes({ inside = "#password", open = async (page: Page) => page } = {}): Promise<Page> {
    const id = `turn_${this.#frames}_${Math.random()}`;
    const over = this.#turn(id);
    await personHasThePage(this.#person);
    const page = await open(this.#person);
    await page.locator(inside).click();
    await page.keyboard.type(this.#secret);
    this.#rig.cancel(id);
    await over;
    return page;
  }

  /** The person types without a turn, as somebody does who is asked to. */
  async personTypesUnasked(): Promise<void> {
    await this.#person.locator("#password").click();
    await this.#person.keyboard.type(this.#secret);
    await this.truth("fetch('/collect?over').then(() => null)");
  }

  /** What came to the automation's own address, a letter each. */
  heard(): string {
    return this.collected()
      .flatMap((path) => [...path.matchAll(/it=(.)$/g)].map(([, letter]) => letter))
      .join("");
  }

  /** The person's turn from the login page to the account. */
  async personSignsIn(): Promise<void> {
    const id = `turn_${this.#frames}_${Math.random()}`;
    const over = this.#turn(id);
    await personHasThePage(this.#person);
    await this.#person.locator("#password").click();
    await this.#person.keyboard.type(this.#secret);
    await this.#person.locator("#go").click();
    await this.#person.waitForSelector("#title");
    this.#rig.cancel(id);
    await over;
  }

  /**
   * Spells a text by questions, two letters far. It is spared the wrong guesses but three a letter: what counts is whether it is
   * told which one is right.
   */
  readonly spell = async (isSo: (prefix: string) => Promise<boolean>): Promise<string> => {
    let known = "";
    for (const letter of this.#secret.slice(0, 2)) {
      const candidates = [..."aeiu".slice(0, 3), letter];
      const yes: string[] = [];
      for (const candidate of candidates) if (await isSo(known + candidate)) yes.push(candidate);
      if (yes.length !== 1) return known;
      known += yes[0];
    }
    return known;
  };

  /** Whether an element that the selector matches shows, as the device says. */
  async shows(selector: string): Promise<boolean> {
    return (await this.ask("isVisible", { selector })).result?.visible === true;
  }

  /** Whether a yield's condition holds at once. */
  async holds(condition: object): Promise<boolean> {
    const answer = await this.#rig.yield({ conditions: [condition as never], optional: true, timeout: 300 });
    if (answer.error) this.#codes.add(answer.error.code);
    return answer.result?.matched === true;
  }

  /** What the device sent since the attack began. */
  frames(): string[] {
    return this.#rig.frames.slice(this.#frames);
  }

  /** What pages of the site sent to the automation's own address since then. */
  collected(): string[] {
    return this.#rig.site.requests.slice(this.#requests).filter((path) => path.startsWith("/collect"));
  }

  /** The codes of the errors that the device answered. */
  get refusals(): ReadonlySet<string> {
    return this.#codes;
  }

  /** For the judge, not for the automation. */
  get secret(): string {
    return this.#secret;
  }

  /** For the judge: an expression's value, whatever the automation may read. */
  truth(expression: string): Promise<unknown> {
    return this.#rig.value(expression);
  }

  /** For the judge: how many pixels of a picture have the colour. */
  async pixels(data: string, colour: string): Promise<number> {
    return (await this.truth(`(async () => {
      const picture = Object.assign(new Image(), { src: "data:image/png;base64,${data}" });
      await picture.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
      const context = canvas.getContext("2d");
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let seen = 0;
      for (let at = 0; at < data.length; at += 4) seen += data.slice(at, at + 3).join() === "${colour}";
      return seen;
    })()`)) as number;
  }

  #turn(id: string): Promise<Answered> {
    return this.#rig.yield({ conditions: [{ type: "userDone" }] }, id);
  }
}
