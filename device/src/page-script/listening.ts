const kept: (() => void)[] = [];
/** An event of a name that no page knows. */
const probe = `${Math.random()}${Math.random()}`;
let isHeard = false;
/** A script that comes to a document which has run scripts of its own is not the first to listen. */
let isFirst = document.readyState === "loading" || location.href === "about:blank";

/** Adds listeners now, and each time that `listenAgain` is called: adding one that is there does nothing. */
export function keepListening(add: () => void): void {
  kept.push(add);
  add();
}

/** `document.open` takes every listener of the document and of its window away, those of other worlds too. */
export function listenAgain(): void {
  isHeard = false;
  dispatchEvent(new Event(probe));
  // The page may have listened since.
  isFirst &&= isHeard;
  for (const add of kept) add();
}

/** Whether no listener of the page can come before those of the page script: not once the page has rewritten its document. */
export function listensFirst(): boolean {
  listenAgain();
  return isFirst;
}

keepListening(() => addEventListener(probe, hear));

function hear(): void {
  isHeard = true;
}
