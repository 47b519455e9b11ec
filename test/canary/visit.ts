import type { Frame, Page } from "playwright-core";
import { type Canaries, mint, type TypedPlace, typedPlaces } from "./canaries.ts";
import type { LoginForm } from "./forms/form.ts";
import type { CanarySession } from "./session.ts";
import type { CanarySite, Received } from "./site.ts";
import { requests } from "./sweep.ts";

export interface Visit {
  readonly canaries: Canaries;
  /** What the site got of them. */
  readonly received: Received;
  /** How many requests were made of the device. */
  readonly asked: number;
}

export interface Faults {
  /** The network is lost while the person types. */
  readonly cut?: boolean;
  /** The page's renderer crashes when the form is filled. */
  readonly crash?: boolean;
}

/**
 * One sign-in through a form. Everything is asked of the device before the person's turn, in it, when the form is filled and the
 * turn is over, and after the sign-in.
 */
export async function visit(
  session: CanarySession,
  site: CanarySite,
  form: LoginForm,
  { cut = false, crash = false }: Faults = {},
): Promise<Visit> {
  const canaries = mint();
  const { start, key } = await site.serve(form, canaries);
  const target = { origin: site.origin, key, within: form.within ?? "" };
  let asked = 0;
  const sweep = async (which: "stays" | "leaves") => {
    for (const [command, params] of requests(target)[which]) {
      await session.ask(command, params);
      asked++;
    }
  };
  const isReady = () => session.person.waitForSelector("html[data-state=ready]");

  await session.ask("navigate", { url: start });
  await isReady();
  await sweep("stays");

  const filling = session.turn({ conditions: [{ type: "userDone" }] });
  await personHasThePage(session.person);
  await isReady();
  await typeAll(
    form,
    await fieldsOf(form, session.person),
    canaries,
    (place) => cut && place === "password" && session.cut(),
  );
  asked += await session.pushEach(requests(target).stays);
  filling.cancel();
  await filling.over;
  await sweep("stays");
  if (crash) {
    await session.crashPage();
    await isReady();
    await sweep("stays");
  }

  const signingIn = session.turn({ conditions: [{ type: "url", pattern: "/account$" }, { type: "userDone" }] });
  await personHasThePage(session.person);
  await isReady();
  const fields = await fieldsOf(form, session.person);
  await typeAll(form, fields, canaries);
  await fields.locator("#go").click();
  await signingIn.over;
  await session.person.waitForSelector("#title");
  await sweep("stays");
  await sweep("leaves");
  return { canaries, received: site.received(key), asked };
}

async function fieldsOf({ open }: LoginForm, person: Page): Promise<Frame> {
  const frame = open ? await open(person) : person.mainFrame();
  await frame.waitForSelector("#go");
  return frame;
}

/** As a person types: with the keyboard, into each field that is empty. */
async function typeAll(
  form: LoginForm,
  fields: Frame,
  canaries: Canaries,
  typed?: (place: TypedPlace) => void,
): Promise<void> {
  for (const place of typedPlaces) {
    if (!(await form.give?.(fields, place, canaries[place]))) await type(fields, place, canaries[place]);
    typed?.(place);
  }
}

async function type(fields: Frame, place: TypedPlace, value: string): Promise<void> {
  const field = fields.locator(`#${place}`).first();
  const isFilled = await field.evaluate((element) => ("value" in element ? element.value : element.textContent) !== "");
  if (isFilled) return;
  await field.click();
  await fields.page().keyboard.type(value);
}

/** The overlay is low while the automation works; with its buttons it is higher. */
export async function personHasThePage(person: Page): Promise<void> {
  await person.waitForFunction(
    () => (document.querySelector("passage-status")?.getBoundingClientRect().height ?? 0) > 105,
  );
}
