/** What a name from outside may not hold: it would turn the text around it, break its line, or hide. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

const [open, close] = ["\u2068", "\u2069"];

/** A name in a sentence, set apart by Unicode isolates: its direction is its own. {@link withNames} makes elements of them. */
export function isolate(name: string): string {
  return open + (name.replace(unprintable, "").trim() || "(no name)") + close;
}

/** A sentence as text and `<bdi>` elements, one for each isolated name. */
export function withNames(sentence: string): (string | HTMLElement)[] {
  return sentence.split(/(\u2068[^\u2069]*\u2069)/).map((piece) => {
    if (!piece.startsWith(open)) return piece;
    const name = document.createElement("bdi");
    name.textContent = piece.slice(1, -1);
    return name;
  });
}
