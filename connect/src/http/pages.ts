/** A page of a list. */
export interface Page {
  /** Null on the last page. */
  nextCursor: string | null;
}

/**
 * A list: `await` it for one page, or `for await` over it for every item, fetched as you go.
 *
 * ```ts
 * const { links, nextCursor } = await passage.links.list({ limit: 50 });
 * for await (const link of passage.links.list()) console.log(link.id);
 * ```
 */
export class Pages<OnePage extends Page, Item> implements Promise<OnePage>, AsyncIterable<Item> {
  readonly [Symbol.toStringTag] = "Pages";
  readonly #fetch: (cursor: string | undefined) => Promise<OnePage>;
  readonly #items: (page: OnePage) => readonly Item[];
  #first: Promise<OnePage> | undefined;

  /** @param fetch gets the page at a cursor; undefined for the first. Not called before somebody asks. */
  constructor(fetch: (cursor: string | undefined) => Promise<OnePage>, items: (page: OnePage) => readonly Item[]) {
    this.#fetch = fetch;
    this.#items = items;
  }

  /** Every item of this page and those after it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    let page = await this.#page();
    for (;;) {
      yield* this.#items(page);
      if (page.nextCursor === null) return;
      page = await this.#fetch(page.nextCursor);
    }
  }

  // biome-ignore lint/suspicious/noThenProperty: a list is awaited for its first page
  then<A = OnePage, B = never>(
    onFulfilled?: ((page: OnePage) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#page().then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<OnePage | B> {
    return this.#page().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<OnePage> {
    return this.#page().finally(onFinally);
  }

  /** The first page, asked for once. */
  #page(): Promise<OnePage> {
    this.#first ??= this.#fetch(undefined);
    return this.#first;
  }
}
