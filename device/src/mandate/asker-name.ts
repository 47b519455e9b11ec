const longestName = 60;
/** What a name is made of: letters with their marks, digits, spaces, and these. So nothing in it can end a quotation. */
const foreign = /[^\p{L}\p{M}\p{N} &+\-–—.,()/!?@#:*_%™®©·・'’]|\p{Default_Ignorable_Code_Point}/gu;
/** Letters of Unicode that look like quotation marks. */
const lookAlikes =
  /[\u02b0-\u02ff\u0374\u05f0-\u05f2\u07f4\u07f5\u141e-\u1429\u144a\u16cc\ua78b\ua78c\u{16f51}\u{16f52}]/gu;
/** An apostrophe stands between two letters or digits. */
const loose = /(?<![\p{L}\p{M}\p{N}])['’]|['’](?![\p{L}\p{N}])/gu;
/** Marks are drawn on a letter, and no more than two: others reach into what is around. */
const piled = /(?<![\p{L}\p{M}\p{N}])\p{M}+|(?<=\p{M}{2})\p{M}+/gu;

/** A stranger's name as one line that can stand in quotes: nothing in it but what shows, cut at 60 characters. */
export function askerName(name: string): string {
  const clean = name
    .slice(0, 16 * longestName)
    .replace(/\s+/g, " ")
    .normalize("NFC")
    .replace(foreign, "")
    .replace(lookAlikes, "")
    .replace(piled, "")
    .replace(loose, "")
    .normalize("NFC");
  const shown = [...clean.replace(/ +/g, " ").trim()];
  return shown.length > longestName ? `${shown.slice(0, longestName - 1).join("")}…` : shown.join("");
}
