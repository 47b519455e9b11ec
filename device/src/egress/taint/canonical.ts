/** Marks on letters, and what is not seen at all: soft hyphens, zero widths, directions, variation selectors. */
const unseen = /\p{Mn}|[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/gu;

/**
 * A text as a search compares it: letters in other forms (wide, bold, circled, with marks) as plain letters, what is above
 * ASCII in one case, and nothing of what is not seen. What is in ASCII stays as it is, since base64 is told by its case.
 */
export function canonical(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\0-\x7f]+/g, (above) => above.toUpperCase().toLowerCase().normalize("NFKD"))
    .replace(unseen, "");
}
