/** What `device/build/playwright-selectors.ts` cuts out of playwright-core. */
declare module "playwright-selectors" {
  export interface ParsedSelectorPart {
    readonly name: string;
    readonly body: string | readonly object[] | NestedSelectorBody;
    readonly source: string;
  }
  export interface NestedSelectorBody {
    readonly parsed: ParsedSelector;
    readonly distance?: number;
  }
  export interface ParsedSelector {
    readonly parts: ParsedSelectorPart[];
    readonly capture?: number | undefined;
  }
  export interface ElementText {
    readonly full: string;
    readonly normalized: string;
    readonly immediate: readonly string[];
  }
  interface Engine {
    queryAll(root: Element | Document, body: string): Element[];
  }
  export class InjectedScript {
    readonly _engines: Map<string, Engine>;
    readonly _evaluator: { begin(): void; end(): void; readonly _cacheText: Map<Element | ShadowRoot, ElementText> };
    parseSelector(selector: string): ParsedSelector;
    querySelectorAll(selector: ParsedSelector, root: Element | Document): Element[];
  }
  export function stringifySelector(selector: ParsedSelector): string;
  export function visitAllSelectorParts(
    selector: ParsedSelector,
    visit: (part: ParsedSelectorPart, nested: boolean) => void,
  ): void;
}
