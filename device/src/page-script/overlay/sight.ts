import { overlayHost } from "./host.ts";

/** The browser reports at most so often whether an element can be seen. */
const reportMs = 100;
/** What is drawn moves into its place first; and one frame of something else is not worth another question. */
const lostMs = 500;

/** Before the page can put its own in their places, on hosts where the script shares the page's world. */
const Observer = IntersectionObserver;
const view = visualViewport;

interface Reported {
  readonly isVisible?: boolean;
  readonly intersectionRatio: number;
}

/**
 * Whether an element is in full sight. The browser itself says so (`trackVisibility`): it counts whatever is drawn above the
 * element, also in the top layer, in a closed shadow root, or where a press passes through; and styles that dim or distort it. Where
 * a browser does not say so, only that it is within the window counts.
 */
export class Sight {
  readonly #element: Element;
  readonly #isReached: () => boolean;
  readonly #observer: IntersectionObserver;
  /** What the browser said last; null before it has said anything. */
  #reported: boolean | null = null;
  #isSeen = false;
  #changedAt = performance.now();

  /** @param isReached whether presses come to it. */
  constructor(element: Element, isReached: () => boolean) {
    this.#element = element;
    this.#isReached = isReached;
    const wanted = { trackVisibility: true, delay: reportMs, threshold: [0, 0.5, 0.99, 1] };
    this.#observer = new Observer((entries) => {
      for (const { isVisible = true, intersectionRatio } of entries as readonly Reported[]) {
        this.#reported = isVisible && intersectionRatio >= 0.99;
        this.look();
      }
    }, wanted);
    this.#observer.observe(element);
  }

  /** To be called now and then: no event reports a zoom. */
  look(): void {
    const isSeen = this.#reported === true && isOfItsSize(this.#element) && this.#isReached();
    if (this.#isSeen !== isSeen || this.#reported === null) this.#changedAt = performance.now();
    this.#isSeen = isSeen;
  }

  /** Since when it has been in sight, in the time of `performance.now()`; null: it is not. */
  get since(): number | null {
    return this.#isSeen ? this.#changedAt : null;
  }

  /** It is out of sight, and not only because it has just been drawn. */
  get isLost(): boolean {
    return !this.#isSeen && performance.now() - this.#changedAt > lostMs;
  }

  end(): void {
    this.#observer.disconnect();
  }
}

/** No zoom of the page's style makes it another size, and a zoom into the page shows all of it. */
function isOfItsSize(element: Element): boolean {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const isWithin =
    !view ||
    view.scale === 1 ||
    (left >= view.offsetLeft - 1 &&
      top >= view.offsetTop - 1 &&
      right <= view.offsetLeft + view.width + 1 &&
      bottom <= view.offsetTop + view.height + 1);
  const { currentCSSZoom = 1 } = overlayHost() as { readonly currentCSSZoom?: number };
  return isWithin && Math.abs(currentCSSZoom - 1) < 0.01;
}
