import type { Subject } from "./subject.ts";
import type { Site } from "./template.ts";

/** One read that a developer's automation does of a page, and what it is wrong about: null where it has all that the page shows. */
export interface Read {
  readonly command: string;
  readonly params: object;
  readonly wrong: (result: never) => string | null;
}

/** Each way to read a page: its title, elements, markup, the whole document, the page's own responses, and a picture. */
export function readsOf({ template }: Site, subject: Subject): readonly Read[] {
  const cells = subject.rows.flat();
  const has = (text: string) => cells.find((cell) => !text.includes(cell)) ?? null;
  const fields = Object.fromEntries(
    subject.columns.map((column, at) => [column, { selector: `td:nth-child(${at + 1})` }]),
  );
  const own = template.api ? `/api/${subject.name}` : `/${subject.name}`;
  return [
    read("title", {}, ({ title }: { title: string }) => (title === subject.heading ? null : title)),
    read("textContent", { selector: "h1" }, ({ text }: { text: string }) => (text === subject.heading ? null : text)),
    read("textContent", { selector: "table" }, ({ text }: { text: string }) => has(text)),
    read("innerHTML", { selector: "table" }, ({ html }: { html: string }) => has(unescaped(html))),
    read("content", {}, ({ html }: { html: string }) => has(unescaped(html))),
    read("extract", { from: "dom", rows: "tbody tr", fields }, ({ data }: { data: Record<string, string>[] }) =>
      has(data.flatMap((row) => Object.values(row)).join("\n")),
    ),
    read("fetchInPage", { url: own }, ({ body }: { body: string }) =>
      has(template.api ? jsonText(body) : unescaped(body)),
    ),
    ...(template.api
      ? [
          read("waitForResponse", { url: `${own}(\\?|$)`, captureBody: true }, ({ body }: { body: string }) =>
            has(jsonText(body)),
          ),
        ]
      : []),
    read("getAttribute", { selector: "nav a >> nth=1", name: "href" }, ({ value }: { value: string }) =>
      value === "/orders" ? null : value,
    ),
    read("screenshot", { format: "jpeg" }, ({ data }: { data: string }) => (data.length > 2_000 ? null : data)),
  ];
}

function read<Result>(command: string, params: object, wrong: (result: Result) => string | null): Read {
  return { command, params, wrong: wrong as Read["wrong"] };
}

/** All strings of a JSON text. */
function jsonText(body: string): string {
  const strings: string[] = [];
  JSON.parse(body, (_key, value) => {
    if (typeof value === "string") strings.push(value);
    return value;
  });
  return strings.join("\n");
}

function unescaped(html: string): string {
  return html.replaceAll("&amp;", "&").replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(code));
}
