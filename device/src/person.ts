import * as z from "zod";
import { Listeners } from "./listeners.ts";
import type { PageMessage } from "./page-script/api.ts";

/** What the person said through the overlay, or by closing the window, during one yield. */
export class Person {
  readonly #spoke = new Listeners<void>();
  #done = false;
  #gaveUp = false;
  #unaskable = false;

  /** Whether the page is one in which no question is safe. */
  get unaskable(): boolean {
    return this.#unaskable;
  }

  get done(): boolean {
    return this.#done;
  }

  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  says(type: "userDone" | "userGaveUp" | "unaskable"): void {
    if (type === "userDone") this.#done = true;
    else if (type === "userGaveUp") this.#gaveUp = true;
    else this.#unaskable = true;
    this.#spoke.emit();
  }

  listen(listener: () => void): () => void {
    return this.#spoke.listen(listener);
  }
}

export type SaidToCard = "userDone" | "userGaveUp" | "covered" | "unaskable";

/** What the person, or what is drawn over it, says to this card. An answer to any other card is none: null. */
export function saidTo(card: string | null, text: string): SaidToCard | null {
  const said = readPageMessage(text);
  return said && "card" in said && said.card === card ? said.type : null;
}

/** Reads a message of the page script. Null for anything else: the page's document is not to be trusted. */
export function readPageMessage(text: string): PageMessage | null {
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
