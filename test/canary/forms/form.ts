import type { Frame, Page } from "playwright-core";
import type { Place, TypedPlace } from "../canaries.ts";

/** Addresses of the fixture site that forms need. */
export interface FormSite {
  /** The fields alone, on the site's own origin. */
  readonly fields: string;
  /** The same on the origin of another site. */
  readonly foreignFields: string;
}

/** A sign-in as one kind of site builds it. Its fields have the ids user, password, answer and code; its button is go. */
export interface LoginForm {
  readonly name: string;
  /** The body of the page at the login address. Scripts in it may call `submit(values)`. */
  html(site: FormSite): string | Promise<string>;
  /** What a selector of a field begins with: the frame that it is in. */
  readonly within?: string;
  /** The frame or window where the person finds the fields; the main frame unless given. */
  open?(page: Page): Promise<Frame>;
  /** What the person does to fill the field, where they do not type into it. Returns whether that is done. */
  give?(fields: Frame, place: TypedPlace, value: string): Promise<boolean>;
  /** What no command comes to, gate or no gate: the control is then what the page itself holds. */
  readonly outOfReach?: readonly Place[];
}

export const frameOf = async (page: Page) => {
  const frame = await (await page.waitForSelector("iframe")).contentFrame();
  if (!frame) throw new Error("The frame has no document");
  return frame;
};

/** The fields as plain HTML. */
export const plainFields = (code = "<input id=code name=code inputmode=numeric>") => `<form id=form>
  <label>User name <input id=user name=user></label>
  <label>Password <input id=password name=password type=password></label>
  <label>Your first pet's name <input id=answer name=answer autocomplete=off></label>
  <label>Verification code ${code}</label><button id=go>Sign in</button></form>
  <script>form.onsubmit = (event) => {
    event.preventDefault();
    const data = new FormData(form);
    submit(Object.fromEntries([...new Set(data.keys())].map((name) => [name, data.getAll(name).join("")])));
  }</script>`;
