/** Listeners by event name. `Events` maps a name to the arguments. */
export class Listeners<Events extends Record<keyof Events, unknown[]>> {
  readonly #listeners: { [Name in keyof Events]?: Set<(...given: Events[Name]) => void> } = {};

  /** Returns what takes the listener off again. */
  on<Name extends keyof Events>(name: Name, listener: (...given: Events[Name]) => void): () => void {
    const set = this.#listeners[name] ?? new Set();
    this.#listeners[name] = set.add(listener);
    return () => {
      set.delete(listener);
    };
  }

  /** Each listener runs on its own, later: one that throws harms no other, nor us. */
  tell<Name extends keyof Events>(name: Name, ...given: Events[Name]): void {
    for (const listener of this.#listeners[name] ?? []) queueMicrotask(() => listener(...given));
  }
}
