import * as z from "zod";
import type { PageMessage } from "../page-script/api.ts";

/** Reads a message of the page script. Null for anything else: the page's document is not to be trusted. */
export function parsePageMessage(text: string): PageMessage | null {
  return text.length <= longestMessage ? (pageMessage.safeParse(parsed(text)).data ?? null) : null;
}

/** What is typed may be long; everything else is short. */
const longestMessage = 262_144;

const pageMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["userDone", "userGaveUp", "covered", "unaskable"]), card: z.string().max(64) }),
  z.strictObject({
    type: z.literal("sensitive"),
    document: z.string().max(64),
    kinds: z.array(z.enum(["password", "one-time-code", "card", "security-answer"])),
    held: z.boolean().optional(),
    typed: z.boolean().optional(),
    ran: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal("heldOff") }),
  z.strictObject({ type: z.literal("clipboard") }),
  z.strictObject({
    type: z.literal("typed"),
    field: z.string().max(64),
    host: z.string().max(300),
    kind: z.string().max(40).nullable(),
    near: z.boolean(),
    value: z.string(),
  }),
]) satisfies z.ZodType<PageMessage>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
