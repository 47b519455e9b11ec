import { Sensitive } from "@passage/automation/sensitive";
import type * as z from "zod";

export { Sensitive } from "@passage/automation/sensitive";

/**
 * An argument that must not be seen on its way: `cardNumber: sensitive("the card number", z.string().regex(…))`. The run gets
 * a {@link Sensitive}, which `page.enter` takes as its value.
 */
export function sensitive(name: string, schema: z.ZodType<string, string>) {
  return schema.transform((value) => new Sensitive(name, value));
}
