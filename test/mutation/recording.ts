/** What a site answered in an undisturbed run: what there is to change. */
export interface Answer {
  /** Host without the port, and path. */
  readonly where: string;
  readonly kind: "json" | "html" | "script";
  readonly body: string;
}

export class Recording {
  readonly #answers = new Map<string, Answer>();

  add(answer: Answer): void {
    this.#answers.set(`${answer.where} ${answer.body.length}`, answer);
  }

  /** The part of it that these places answered. */
  at(isWanted: (where: string) => boolean): Recording {
    const part = new Recording();
    for (const answer of this.#answers.values()) if (isWanted(answer.where)) part.add(answer);
    return part;
  }

  /** The places whose answers are of this kind, in alphabetical order, so that a seed always finds the same. */
  places(kind: Answer["kind"]): string[] {
    return [...new Set(this.#of(kind).map(({ where }) => where))].sort();
  }

  /** The keys of a place's JSON, nested ones too; those of maps whose keys are data are left out. */
  keys(where: string): string[] {
    return [...new Set(this.#values(where).flatMap(keysOf))].filter((key) => /^[A-Za-z][A-Za-z_]*$/.test(key)).sort();
  }

  /** The keys of a place's JSON that hold lists of at least two, each with the list's length. */
  lists(where: string): { key: string; length: number }[] {
    const found = this.#values(where).flatMap((value) => listsOf(value, ""));
    return [...new Map(found.map((list) => [list.key, list])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** What the pages and their scripts name: ids, classes, names and labels. */
  tokens(): string[] {
    const pages = [...this.#of("html"), ...this.#of("script")].map(({ body }) => withoutStyle(body)).join("\n");
    const attributes = /(?:id|class|className|name|data-[\w-]+|testId|aria-label)\s*[=:]\s*"([^"]+)"/g;
    const selectors = /(?:getElementById|querySelector)\("[.#]?([\w-]+)/g;
    const named = [...pages.matchAll(attributes)].flatMap(([, value = ""]) => [value, ...value.split(" ")]);
    const sought = [...pages.matchAll(selectors)].map(([, value = ""]) => value);
    return [...new Set([...named, ...sought])].filter((token) => /^[a-z][\w -]{3,30}$/i.test(token)).sort();
  }

  #of(kind: Answer["kind"]): Answer[] {
    return [...this.#answers.values()].filter((answer) => answer.kind === kind);
  }

  #values(where: string): unknown[] {
    return this.#of("json")
      .filter((answer) => answer.where === where)
      .map(({ body }) => JSON.parse(body));
  }
}

function withoutStyle(html: string): string {
  return html.replace(/<style>[\s\S]*?<\/style>/g, "");
}

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

function listsOf(value: unknown, at: string): { key: string; length: number }[] {
  if (Array.isArray(value)) {
    const inner = value.flatMap((item) => listsOf(item, at));
    return value.length > 1 ? [{ key: at, length: value.length }, ...inner] : inner;
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => listsOf(inner, key));
}
