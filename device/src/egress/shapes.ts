import { type AnyCommandName, allCommands } from "@passage/protocol/declared-commands";
import { type ErrorCode, errorCodes, isErrorCode } from "@passage/protocol/errors";
import type { Shape } from "@passage/protocol/reads/shape";
import { yieldResult } from "@passage/protocol/yield";
import { z } from "zod";
import type { Incident } from "../incident.ts";
import { type InTexts, textsIn } from "./masks.ts";
import { placeOf, publicUrl } from "./public-url.ts";
import type { ReadLeaves } from "./read-leaves.ts";

const line = z.string();
const seenResponse = z.object({
  method: z.string().max(16),
  url: z.string().transform(placeOf),
  status: z.number().int(),
});

/**
 * An error as it may leave, once it is searched and cut (`cut-errors.ts`). The details are a closed list; none holds what a person
 * typed.
 */
export const errorShape = z.object({
  code: z.string().refine(isErrorCode),
  message: z.string(),
  details: z
    .object({
      log: z.array(line).max(64).optional(),
      matches: z.array(line).max(16).optional(),
      issues: z.array(line).max(16).optional(),
      names: z.array(line).max(16).optional(),
      reason: line.optional(),
      seen: z.array(seenResponse).max(10).optional(),
      url: z.string().transform(publicUrl).optional(),
    })
    .optional(),
});

/** Codes whose messages are the device's own words. The others' may quote the page. */
export const ownWords: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "user_in_control",
  "blocked_private",
  "manifest_untrusted",
  "device_too_old",
  "command_not_declared",
  "origin_not_allowed",
  "unsupported_command",
  "invalid_params",
  "invalid_selector",
  "payload_too_large",
  "cancelled",
  "page_gone",
]);

/** An error as it may leave in a private phase: no log, of elements the tag and role, and words of the page in no message. */
export const privateErrorShape = errorShape.transform(({ code, message, details }) => ({
  code,
  message: ownWords.has(code) ? message : `${errorCodes[code].title}. What was seen of the page stays on the device.`,
  ...(details && {
    details: {
      ...(details.matches && { matches: details.matches.map(tagAndRole) }),
      ...(details.issues && { issues: details.issues }),
      ...(details.reason && { reason: details.reason }),
      ...(details.seen && { seen: details.seen }),
      ...(details.url && { url: placeOf(details.url) }),
    },
  }),
}));

/** What a signed session's error may say besides its code. */
export const strictReasons = [
  "person_in_control",
  "sensitive_field",
  "sign_in_origin",
  "unsupported_login_method",
  "user_gave_up",
  "registry_full",
] as const;

/**
 * An error of a session that declares by name all that it does: its code, in words that are the code's alone. What the page
 * or the site had to do with it stays on the device.
 */
export const strictErrorShape = errorShape.transform(({ code, details }) => ({
  code,
  message: `${errorCodes[code].title}.`,
  ...(strictReasons.includes(details?.reason as never) && { details: { reason: details?.reason } }),
}));

function tagAndRole(match: string): string {
  const tag = /^<([a-z][a-z0-9-]{0,30})/.exec(match)?.[1] ?? "element";
  const role = / role="([a-z]{1,20})"/.exec(match)?.[1];
  return role ? `<${tag} role="${role}">` : `<${tag}>`;
}

/** What an answer may hold, by declaration. null: in a private phase it may not leave at all. */
export interface AnswerShape {
  readonly open: z.ZodType;
  readonly private: z.ZodType | null;
  /** Where the page's own text stands in it, whose secrets are masked; absent: an answer with one is refused. */
  readonly inTexts?: InTexts;
  /** Of a declared read's answer the leaves, whose formats tell what can stand there; absent: it may hold anything. */
  readonly inLeaves?: (result: unknown, leaves: ReadLeaves) => void;
  /** Called each time that a socket has taken the answer with its result. */
  readonly sent?: () => void;
}

/** Commands whose answer is a whole document or body, of which a secret may be but a part that nobody asked for. */
const wholes: Partial<Readonly<Record<AnyCommandName, InTexts>>> = {
  content: textsIn("html"),
  innerHTML: textsIn("html"),
  fetchInPage: textsIn("body"),
  waitForResponse: textsIn("body"),
};

const privatePlace = z.string().transform(placeOf);

/** What the shape has written is data already. */
const readResult = allCommands.read.result.extend({ data: z.unknown() });

/** A declared read's answer, whose data the shape has written. */
export function readShape(shape: Shape | null): AnswerShape {
  const inLeaves = (result: unknown, leaves: ReadLeaves) => {
    if (shape) leaves.addRead(shape, (result as { readonly data?: unknown }).data);
  };
  return { ...answerShape("read"), open: readResult, inLeaves };
}

/** A command's answer, by what its row says that it reveals. */
export function answerShape(name: AnyCommandName): AnswerShape {
  const { reveals, result } = allCommands[name];
  const inTexts = wholes[name];
  if (reveals === "content") return { open: result, private: null, ...(inTexts && { inTexts }) };
  if (reveals === "place") return { open: result, private: (result as z.ZodObject).extend({ url: privatePlace }) };
  return { open: result, private: result };
}

const failed = (error: z.ZodType) => z.object({ error });
const succeeded = (result: z.ZodType) => z.object({ result });

/** A batch's answer: one shape an entry, null where that entry failed. One entry of content makes all of it content. */
export function batchShape(entries: readonly (AnswerShape | null)[]): AnswerShape {
  const list = (shapes: readonly z.ZodType[]) => z.object({ results: z.tuple(shapes as [z.ZodType]) });
  const known = entries.map((entry) => (entry ? entry.private : errorShape));
  const inTexts: InTexts = (result, change) => {
    const { results } = result as { readonly results: readonly { readonly result?: unknown }[] };
    const each = results.map((one, index) => {
      const within = entries[index]?.inTexts;
      return within ? { ...one, result: within(one.result, change) } : one;
    });
    return { results: each };
  };
  const inLeaves: AnswerShape["inLeaves"] = (result, leaves) => {
    const { results } = result as { readonly results: readonly { readonly result?: unknown }[] };
    for (const [index, one] of results.entries()) {
      const within = entries[index]?.inLeaves;
      if (within) within(one.result, leaves);
      else leaves.addOther(one);
    }
  };
  return {
    ...(entries.some((entry) => entry?.inTexts) && { inTexts }),
    ...(entries.some((entry) => entry?.inLeaves) && { inLeaves }),
    sent: () => {
      for (const entry of entries) entry?.sent?.();
    },
    open: list(entries.map((entry) => (entry ? succeeded(entry.open) : failed(errorShape.omit({ details: true }))))),
    private: known.includes(null)
      ? null
      : list(entries.map((entry) => (entry?.private ? succeeded(entry.private) : failed(privateErrorShape)))),
  };
}

const place = z.string().transform(publicUrl);
const capture = yieldResult.shape.networkCapture.unwrap();

/** A yield's answer: of addresses only the place is told. */
export const yieldShape: AnswerShape = {
  inTexts: textsIn("networkCapture"),
  open: yieldResult.extend({ url: place.optional(), networkCapture: capture.extend({ url: place }).optional() }),
  private: yieldResult.extend({
    url: privatePlace.optional(),
    networkCapture: capture.extend({ url: privatePlace }).optional(),
  }),
};

const strictYield = yieldResult.pick({ matched: true, condition: true, reason: true });
/** A turn's answer in a session that declares all by name: which of its conditions it was, and no address. */
export const strictYieldShape: AnswerShape = { open: strictYield, private: strictYield };

const onlyOpen = (open: z.ZodType): AnswerShape => ({ open, private: null });
const anywhere = (shape: z.ZodType): AnswerShape => ({ open: shape, private: shape });
const withPlace = (shape: z.ZodObject): AnswerShape => ({
  open: shape.extend({ url: place }),
  private: shape.extend({ url: privatePlace }),
});

const window = z.string().regex(/^(main|popup-\d{1,6})$/);

/** What the policies tell (docs/design/device-policies.md). */
const incidents: Readonly<Record<Incident["type"], AnswerShape>> = {
  "window.opened": withPlace(z.object({ window, opener: window.nullable() })),
  "window.closed": anywhere(z.object({ window })),
  "window.crashed": anywhere(z.object({ window, reloaded: z.boolean() })),
  "dialog.opened": anywhere(
    z.object({
      window,
      dialog: z.enum(["alert", "beforeunload", "confirm", "prompt"]),
      answer: z.enum(["accepted", "dismissed", "person"]),
    }),
  ),
  "download.refused": withPlace(z.object({})),
  "auth.cancelled": withPlace(z.object({ window, proxy: z.boolean() })),
  "file_chooser.refused": anywhere(z.object({ window })),
  "external_app.requested": anywhere(z.object({ window, scheme: z.string().regex(/^[a-z][a-z0-9+.-]{0,30}$/) })),
};

/** An event's payload as it may leave. */
const payloads: Readonly<Record<string, AnswerShape>> = {
  ...incidents,
  navigation: withPlace(z.object({ isMainFrame: z.literal(true) })),
  "page.snapshot": onlyOpen(z.object({ url: place, title: z.string(), html: z.string() })),
  "page.screenshot": onlyOpen(
    z.object({
      url: place,
      title: z.string(),
      data: z.string(),
      width: z.number().int(),
      height: z.number().int(),
    }),
  ),
};

/** The payload's shape of an event type. @throws for a type that may not leave the device. */
export function payloadShape(type: string): AnswerShape {
  const shape = Object.hasOwn(payloads, type) ? payloads[type] : undefined;
  if (!shape) throw new Error(`No event type ${type} may leave the device`);
  return shape;
}
