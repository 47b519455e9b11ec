/** The pairs of letters that make up nine tenths of the words of sixteen European languages, and a fourth of all pairs. */
const pairs = new Set(
  (
    "abacadagaiakalamanaparasatavaybabeblbucacechcickclcocrctcudadedidjdodrdseaecedeeefegeiekelemeneperesetevexey" +
    "fifogegihahehihohtibicidieigiliminioipirisitivizjskelaldlelillloltlumamemimompmunancndnengninonpnsntnunv" +
    "nyocodogoiolomonoooporosotouowpapeplpoprpsptpupvrardrerirlrmrorsrtrvrysascsesisossstsutatethtitotptrtstttu" +
    "tyueuiulumunurusutuuvaveviwawewhwixpypyszi"
  ).match(/../g),
);
const shortWord = 3;

/** Whether letters are words of a language rather than drawn at random. Words of up to three letters always are. */
export function areWords(letters: string): boolean {
  const latin = letters.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let common = 0;
  let all = 0;
  for (const [word] of latin.matchAll(/[a-z]+/g)) {
    if (word.length <= shortWord) continue;
    for (let at = 0; at + 1 < word.length; at++) if (pairs.has(word.slice(at, at + 2))) common++;
    all += word.length - 1;
  }
  return common >= 0.55 * all;
}

/** `********`, `••••`, `XXXX-XXXX`, `----`: what stands where a secret would. */
export function isMask(text: string): boolean {
  return /^[*•●·∙⋅x#._\s-]*$/iu.test(text) || /^(.)\1*$/su.test(text);
}

/**
 * Whether a value can be no secret whatever it is called: a mask, a placeholder, words of a language, a date, an e-mail
 * address, an address without a token, its own name. Such values are what translations, settings and forms hold.
 */
export function isPlain(value: string, name = ""): boolean {
  const text = value.trim();
  if (isMask(text) || normalised(text) === normalised(name)) return true;
  const bare = text.replace(/^(?:[<{[$%:]+|__)|(?:[>}\]%:]+|__)$/g, "");
  if (/^[\p{L}\p{M}\s.,:;!?'’"“”()/&…_–—-]+$/u.test(bare)) return areWords(bare);
  return isMoment(text) || /^[^\s@/]+@[^\s@/]+\.\p{L}{2,24}$/u.test(text) || isPlainAddress(text);
}

/**
 * Whether a value that nothing calls a secret is none: plain, or words with a few digits (`dark-mode-2`, `en_US`), an amount,
 * a version, a number that is short enough to be guessed.
 */
export function isPlainData(value: string): boolean {
  const text = value.trim();
  if (isPlain(text)) return true;
  if (/^[\d\s.,:+()/x€$£%-]+$/.test(text)) return text.replace(/\D/g, "").length < 12;
  const digits = text.replace(/\D/g, "").length;
  const isWordy = /^[\p{L}\p{M}\d\s.,:;!?'’()/&…_–—-]+$/u.test(text) && !/\d\p{L}+\d/u.test(text);
  return isWordy && digits <= 4 && areWords(text) && /\p{L}{3}/u.test(text);
}

/** A date, a time, or milliseconds since 1970 from 2001 on. */
function isMoment(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text) ||
    /^(1\d{9}|[12]\d{12})(\.\d+)?$/.test(text)
  );
}

/** An address or a path of words: `/account/reset-password`, `static/password.3f2a9c.js`. */
function isPlainAddress(text: string): boolean {
  const isAddress =
    /^(https?:\/\/|\.{0,2}\/)[^\s"'<>]+$/.test(text) || /^[\w.@-]+(\/[\w.@-]+)*\.[a-z]{2,5}$/.test(text);
  if (!isAddress) return false;
  return text
    .split(/[/?#&=]/)
    .every((part) => part.length < 16 || /\.[a-z]{2,5}$/.test(part) || areWordsAndFewDigits(part));
}

function areWordsAndFewDigits(part: string): boolean {
  return part.replace(/\D/g, "").length <= 4 && areWords(part);
}

function normalised(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
