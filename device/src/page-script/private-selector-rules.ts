import type { ParsedSelector } from "playwright-selectors";

/**
 * Why the selector may not be used while the page is private, or null. A boolean answer, repeated, would spell a secret out
 * letter by letter: so a question may depend on names and on words that the automation knows, not on values.
 * The rule is in docs/design/private-phase.md.
 */
export function whyNotInPrivate({ parts }: ParsedSelector): string | null {
  for (const { name, body } of parts) {
    const problem =
      typeof body === "string" ? byEngine(name, body) : name === "css" && isCss(body) ? byCss(body) : notHere(name);
    if (problem) return problem;
  }
  return null;
}

function byEngine(name: string, body: string): string | null {
  switch (name.replace(":light", "")) {
    case "text":
    case "label":
      return byWord(body);
    case "role":
      return byRole(body);
    case "id":
    case "data-testid":
    case "data-test-id":
    case "data-test":
    case "nth":
    case "visible":
      return null;
    default:
      return notHere(name);
  }
}

/** Words without digits: codes and card numbers are digits, and a page may show them as text too. */
function byWord(text: string): string | null {
  const word = text.trim().replace(/^(["'])(.*)\1[is]?$/s, "$2");
  if (text.trim().startsWith("/")) return "text must be plain words, not a regular expression";
  if (/\p{N}/u.test(word)) return "text must have no digits";
  return (word.match(/\p{L}/gu)?.length ?? 0) < 2 ? "text must have two letters or more" : null;
}

function byRole(body: string): string | null {
  const names = [...body.matchAll(/\bname\s*(\S?=)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\]]*)/gi)];
  const opened = body.match(/\[/g)?.length ?? 0;
  const plain = body.match(
    /\[\s*(name\s*=\s*("[^"\\]*"|'[^'\\]*')\s*[is]?|(checked|disabled|expanded|pressed|selected|include-hidden)(\s*=\s*\w+)?|level\s*=\s*\d)\s*\]/gi,
  );
  if ((plain?.length ?? 0) !== opened) return 'role takes its states and name="words"';
  for (const [, , name = ""] of names) {
    const problem = byWord(name);
    if (problem) return problem;
  }
  return null;
}

interface Css {
  readonly simples: readonly {
    readonly selector: { readonly css?: string; readonly functions: readonly CssFunction[] };
  }[];
}
interface CssFunction {
  readonly name: string;
  readonly args: readonly (Css | string | number)[];
}

function isCss(body: unknown): body is readonly Css[] {
  return Array.isArray(body);
}

function byCss(list: readonly Css[]): string | null {
  for (const { simples } of list) {
    for (const { selector } of simples) {
      const problem = byAttributes(selector.css ?? "") ?? firstProblem(selector.functions, byFunction);
      if (problem) return problem;
    }
  }
  return null;
}

function byFunction({ name, args }: CssFunction): string | null {
  if (name === "text" || name === "has-text" || name === "text-is") {
    return firstProblem(args, (arg) => (typeof arg === "string" ? byWord(arg) : notHere(`:${name}`)));
  }
  if (!["not", "is", "where", "has", "scope", "light", "visible", "nth-match"].includes(name))
    return notHere(`:${name}`);
  return firstProblem(args, (arg) => (typeof arg === "object" ? byCss([arg]) : null));
}

const stable =
  /^(id|name|type|class|role|for|lang|dir|rel|method|autocomplete|inputmode|placeholder|tabindex|hidden|disabled|readonly|required|open|multiple|aria-(label|labelledby|describedby|controls|hidden|disabled|expanded|selected|checked|pressed|current|haspopup|invalid|busy|live|modal|required)|data-(test|test-?id|qa|qa-id|cy|component|action|state|type|name|id))$/i;

/** The parser has written the text anew: names without escapes, strings in double quotes. */
function byAttributes(css: string): string | null {
  const outside = css.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  for (const [, inside = ""] of outside.matchAll(/\[([^\]]*)\]?/g)) {
    const name = /^\s*([\w-]+)\s*(?:[~|^$*]?=\s*(?:""|[\w-]+)\s*[is]?\s*)?$/i.exec(inside)?.[1];
    if (!name || !stable.test(name)) return `the attribute ${name ?? inside} may hold what a person typed`;
  }
  return null;
}

function firstProblem<T>(list: readonly T[], problemOf: (one: T) => string | null): string | null {
  for (const one of list) {
    const problem = problemOf(one);
    if (problem) return problem;
  }
  return null;
}

function notHere(what: string): string {
  return `${what} is for pages that are not private; use css, text, label or role`;
}
