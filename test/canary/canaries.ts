import { randomBytes, randomInt } from "node:crypto";

/** What a person types, in the order of the form. */
export const typedPlaces = ["user", "password", "answer", "code"] as const;
/** Where a site keeps or passes secrets of its own. */
export const sitePlaces = [
  "cookie",
  "httpOnly cookie",
  "local storage",
  "session storage",
  "bearer header",
  "response token",
  "token after sign-in",
  "code in a query",
  "token in a fragment",
] as const;
export type TypedPlace = (typeof typedPlaces)[number];
export type Place = TypedPlace | (typeof sitePlaces)[number];

/** A value that is nowhere else in the world, so that wherever it is found it has leaked. */
export interface Canary {
  readonly form: string;
  readonly place: Place;
  readonly value: string;
}

export type Canaries = Readonly<Record<Place, string>>;

/** One canary a place, each in the shape that such a value has. */
export function mint(): Canaries {
  const tokens = sitePlaces.map((place) => [place, randomBytes(24).toString("base64url")] as const);
  const typed = {
    user: `${word(6)}.${word(6)}`,
    // Signs that JSON, HTML and URLs each write in their own way.
    password: `${word(5)}"${randomInt(10, 99)}<&${word(4).toUpperCase()}%\\`,
    answer: `${word(6)} ${word(7)}`,
    code: String(randomInt(100_000, 999_999)),
  };
  return { ...typed, ...(Object.fromEntries(tokens) as Record<(typeof sitePlaces)[number], string>) };
}

export function listed(form: string, canaries: Canaries): Canary[] {
  return Object.entries(canaries).map(([place, value]) => ({ form, place: place as Place, value }));
}

/** No vowels: no word of a page, a path or a message is made of it. */
function word(length: number): string {
  return Array.from({ length }, () => "bcdfghjklmnpqrstvwxz"[randomInt(20)]).join("");
}
