const handles = new Map<number, Element>();
let lastHandle = 0;

/** A name for the element, until the next one is given. */
export function hold(element: Element): number {
  handles.clear();
  handles.set(++lastHandle, element);
  return lastHandle;
}

/** The element behind a handle, unless the page removed it. */
export function recall(handle: number): Element | null {
  const element = handles.get(handle);
  return element?.isConnected ? element : null;
}
