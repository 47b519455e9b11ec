/** A frame. Hidden and minimised windows paint none, so a timer stands in. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, 100);
    const frame = requestAnimationFrame(done);
    function done() {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      resolve();
    }
  });
}

/** The next change of the document, at the earliest a frame from now, or `ms` if nothing that shows here changes. */
export async function nextChange(ms: number): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    const observer = new MutationObserver(done);
    const timer = setTimeout(done, ms);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    function done() {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    }
  });
  await Promise.all([changed, nextFrame()]);
}

/** Whether the element keeps its place over two frames. */
export async function isStable(element: Element): Promise<boolean> {
  await nextFrame();
  const before = element.getBoundingClientRect();
  await nextFrame();
  const after = element.getBoundingClientRect();
  return before.x === after.x && before.y === after.y && before.width === after.width && before.height === after.height;
}
