/** A list of listeners. `emit` calls those that listened when it began. */
export class Listeners<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(event: Event): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
