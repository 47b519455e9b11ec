/**
 * A deadline that is moved far more often than it is reached. Setting one with the platform's timers costs more than all else
 * that an answer needs; so the physical timer stays where it is, and looks when it fires whether the deadline has moved on.
 */
export class Timer {
  readonly #due: () => void;
  #dueAt: number | null = null;
  #physical: { readonly handle: ReturnType<typeof setTimeout>; readonly at: number } | null = null;

  constructor(due: () => void) {
    this.#due = due;
  }

  /** Moves the deadline to so many ms from now. */
  set(inMs: number): void {
    const dueAt = Date.now() + inMs;
    this.#dueAt = dueAt;
    if (this.#physical && this.#physical.at <= dueAt) return;
    this.#disarm();
    this.#arm(inMs);
  }

  /** No deadline for now. The physical timer may stay, and keeps the object in memory until it fires: see `stop`. */
  clear(): void {
    this.#dueAt = null;
  }

  /** No deadline, and nothing left that keeps the object awake. */
  stop(): void {
    this.#dueAt = null;
    this.#disarm();
  }

  #arm(inMs: number): void {
    this.#physical = { handle: setTimeout(() => this.#fired(), inMs), at: Date.now() + inMs };
  }

  #disarm(): void {
    if (this.#physical) clearTimeout(this.#physical.handle);
    this.#physical = null;
  }

  #fired(): void {
    this.#physical = null;
    if (this.#dueAt === null) return;
    const leftMs = this.#dueAt - Date.now();
    if (leftMs > 0) return this.#arm(leftMs);
    this.#dueAt = null;
    this.#due();
  }
}
