const kept: (() => void)[] = [];

/** Adds listeners now, and each time that `listenAgain` is called: adding one that is there does nothing. */
export function keepListening(add: () => void): void {
  kept.push(add);
  add();
}

/** `document.open` takes every listener of the document and of its window away, those of other worlds too. */
export function listenAgain(): void {
  for (const add of kept) add();
}
