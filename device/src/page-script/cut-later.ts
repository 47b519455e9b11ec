/** Begins a text that is to be shortened, by the length that is left of it. A text of the page loses these signs. */
const begins = { 40: "\ue040", 60: "\ue060", 200: "\ue200", 1000: "\ue999" } as const;
const end = "\ue000";
const signs = `${Object.values(begins).join("")}${end}`;
const marked = new RegExp(`([${signs}])([^${signs}]*)${end}`, "g");
/** No text that an error quotes is longer before it is cut. */
const longest = 4_096;

/** The text, marked so that {@link cutNow} leaves so many characters of it. The gate searches the whole for secrets before. */
export function cutLater(text: string, length: keyof typeof begins): string {
  const line = text.slice(0, longest).replace(new RegExp(`[${signs}]`, "g"), "");
  return line.length > length ? begins[length] + line + end : line;
}

/** The text with all that is marked in it cut. */
export function cutNow(text: string): string {
  return text.replace(marked, (_all, begin: string, line: string) => {
    const [length = 0] = Object.entries(begins).find(([, sign]) => sign === begin) ?? [];
    return `${line.slice(0, Math.max(0, Number(length) - 1))}…`;
  });
}
