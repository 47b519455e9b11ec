import * as z from "zod";

/**
 * Characters that are not seen and change how the text around them is shown: control characters, line and paragraph separators,
 * bidirectional controls, and other invisible formatting. The two joiners stay: Persian words and family emoji need them.
 */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Whether all of a text can be seen: it has no character that is invisible. */
export function isVisible(text: string): boolean {
  return !invisible.test(text);
}
export const notVisible = "must not contain control, bidirectional or invisible characters";

/** One line of text that people other than its author read: a name, a label. At most `max` characters. */
export function displayText(max: number) {
  return z
    .string()
    .max(max, `must be at most ${max} characters`)
    .refine((value) => /\S/u.test(value), "must not be empty")
    .refine(isVisible, notVisible);
}

/** Such a text that was stored before this was checked. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(new RegExp(invisible, "gu"), "");
}
