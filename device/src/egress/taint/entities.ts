const semicolon = 0x3b;
const longest = 10;

/** HTML's names for what is in ASCII. */
const named = new Map(
  Object.entries({
    ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", Tab: "\t", NewLine: "\n" },
    ...{ excl: "!", num: "#", dollar: "$", percnt: "%", lpar: "(", rpar: ")", ast: "*", midast: "*", plus: "+" },
    ...{ comma: ",", period: ".", sol: "/", colon: ":", semi: ";", equals: "=", quest: "?", commat: "@" },
    ...{ lsqb: "[", lbrack: "[", bsol: "\\", rsqb: "]", rbrack: "]", Hat: "^", lowbar: "_", grave: "`" },
    ...{ lcub: "{", lbrace: "{", verbar: "|", vert: "|", rcub: "}", rbrace: "}", hyphen: "-", dash: "-" },
  }),
);

/** The HTML entity that begins at the ampersand. A number needs no semicolon, as in browsers. */
export function entityAt(text: Uint8Array, at: number): { readonly code: number; readonly length: number } | null {
  if (text[at + 1] === 0x23) return numeric(text, at);
  const end = text.subarray(at + 1, at + 1 + longest).indexOf(semicolon);
  if (end < 1) return null;
  const name = String.fromCharCode(...text.subarray(at + 1, at + 1 + end));
  const sign = named.get(name) ?? named.get(name.toLowerCase());
  return sign === undefined ? null : { code: sign.charCodeAt(0), length: end + 2 };
}

function numeric(text: Uint8Array, at: number): { code: number; length: number } | null {
  const hex = text[at + 2] === 0x78 || text[at + 2] === 0x58;
  const start = at + (hex ? 3 : 2);
  const written = /^[0-9a-f]+/i.exec(String.fromCharCode(...text.subarray(start, start + longest)))?.[0] ?? "";
  const digits = hex ? written : (/^\d*/.exec(written)?.[0] ?? "");
  if (digits === "") return null;
  const end = start + digits.length;
  return { code: Number.parseInt(digits, hex ? 16 : 10), length: end - at + (text[end] === semicolon ? 1 : 0) };
}
