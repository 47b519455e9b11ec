import * as z from "zod";
import { originPath } from "./reads/declaration.ts";
import { argumentPath } from "./reads/leaf.ts";

const selector = z.string().min(1).max(512);
const liveUrl = z.url().max(512);
const fieldKinds = ["cc-number", "cc-exp", "cc-csc", "cc-name", "postal-code", "address", "other"] as const;

/** Opens an address. */
const go = z.strictObject({ go: liveUrl });
/** Clicks. With `nth` the request chooses one of the first so many matches. */
const click = z.strictObject({ click: selector, nth: z.number().int().min(1).max(1_000).optional() });
/** Types an argument of the operation into a field; in a frame, only where that frame's origin is the declared one. */
const fill = z.strictObject({
  fill: selector,
  frame: z.strictObject({ selector, origin: z.url().max(255) }).optional(),
  kind: z.enum(fieldKinds),
  from: argumentPath,
});
/** The last click of a write. The device asks the person first, in these words, with the arguments as they were typed. */
const commit = z.strictObject({ commit: selector, ask: z.string().min(10).max(240) });
const pause = z.strictObject({ pauseMs: z.number().int().min(1).max(120_000) });

/** What the device can say yes or no to, now or as the end of a person's turn. */
const when = z.discriminatedUnion("when", [
  /** The main frame's address: its origin, and the beginning of its path and query as a RE2 pattern. */
  z.strictObject({ when: z.literal("url"), origin: originPath.shape.origin, path: z.string().max(512).regex(/^\//) }),
  z.strictObject({ when: z.literal("visible"), selector }),
  z.strictObject({ when: z.literal("hidden"), selector }),
  /** No request of the page has been under way for a while. Only a step waits for it; where a host cannot see requests, it holds. */
  z.strictObject({ when: z.literal("idle") }),
  /** The person has pressed "I'm done". Only a turn can end so. */
  z.strictObject({ when: z.literal("done") }),
]);

/** One thing that an operation does or asks, besides its reads. The server can name it, and fill its declared holes only. */
export const stepDeclaration = z.union([go, click, fill, commit, pause, when]);
export type StepDeclaration = z.infer<typeof stepDeclaration>;
export type FieldKind = (typeof fieldKinds)[number];
export type WhenStep = z.infer<typeof when>;

/** Words to the person; `{n}` stands for a whole number. */
export const saying = z.string().min(1).max(160);
