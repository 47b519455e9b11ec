import type { Running } from "../harness/passage-process.ts";
import { type Canaries, type Canary, listed, sitePlaces, typedPlaces } from "./canaries.ts";
import { forms } from "./forms/all.ts";
import { type Leak, leaks } from "./search.ts";
import { CanarySession } from "./session.ts";
import { CanarySite, type Received } from "./site.ts";
import { type Faults, visit } from "./visit.ts";

export interface MatrixResult {
  readonly forms: readonly string[];
  readonly canaries: readonly Canary[];
  /** Canaries of which nothing shows that they were where they should be: then it means nothing that they were not found. */
  readonly unplanted: readonly string[];
  readonly leaks: readonly Leak[];
  readonly asked: number;
  readonly refusals: number;
  readonly events: readonly string[];
}

export interface MatrixOptions extends Faults {
  /** false: the device that leaks. */
  readonly gate?: boolean;
  /** The device's process crashes at the end, and another one takes the session on. */
  readonly crashDevice?: boolean;
  /** Gets the session when it is open. */
  readonly onSession?: (session: CanarySession) => void;
}

/** Signs in through each of the forms in one session, and looks for every canary in all that has left the device. */
export async function runMatrix(
  passage: Running,
  names: readonly string[],
  { gate = true, crashDevice = false, onSession, ...faults }: MatrixOptions = {},
): Promise<MatrixResult> {
  const site = await CanarySite.open();
  const session = await CanarySession.open(passage, { gate });
  onSession?.(session);
  const canaries: Canary[] = [];
  const unplanted: string[] = [];
  let asked = 0;
  for (const form of names.map(formNamed)) {
    const made = await visit(session, site, form, faults);
    asked += made.asked;
    canaries.push(...listed(form.name, made.canaries));
    unplanted.push(...missing(made.canaries, made.received).map((place) => `${form.name}: ${place}`));
  }
  const events = await session.everyEvent();
  if (crashDevice) {
    await session.crashDevice();
    await session.ask("content");
  }
  await session.close();
  await site.close();
  const found = leaks(canaries, session.recordings());
  return { forms: names, canaries, unplanted, leaks: found, asked, refusals: session.refusals(), events };
}

function formNamed(name: string) {
  const form = forms.find((one) => one.name === name);
  if (!form) throw new Error(`No form is called ${name}`);
  return form;
}

/** What the site did not get from the page. The tokens of its responses and addresses came from it. */
function missing(canaries: Canaries, { typed, cookie, bearer }: Received): string[] {
  return [
    ...typedPlaces.filter((place) => typed[place] !== canaries[place]),
    ...sitePlaces.filter((place) => /cookie/.test(place) && !cookie.includes(canaries[place])),
    ...(bearer.includes(canaries["bearer header"]) ? [] : ["bearer header"]),
  ];
}
