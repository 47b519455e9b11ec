/** A part of a page of `docs/`, from one heading to the next. `build-assets.ts` writes them, `search_docs` finds them. */
export interface Section {
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}
