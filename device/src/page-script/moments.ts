/** A frame of a 120 Hz display, less what clocks round off. */
const shortestFrameMs = 8;

/** Not by a timer: those of a hidden window wait for a second. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** A frame, and its time. Hidden and minimised windows paint none, so a timer stands in. */
export function nextFrame(fallbackMs = 100): Promise<number> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(performance.now()), fallbackMs);
    const frame = requestAnimationFrame(done);
    function done(at: number) {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      resolve(at);
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

/** Whether the element keeps its place over two frames. Animations stand still between frames, so a late one is awaited. */
export async function isStable(element: Element): Promise<boolean> {
  const seenAt = await nextFrame(500);
  const before = element.getBoundingClientRect();
  // On a busy machine frames come in bursts, and those of one moment show an animation at the same place.
  while ((await nextFrame(500)) - seenAt < shortestFrameMs);
  const after = element.getBoundingClientRect();
  return before.x === after.x && before.y === after.y && before.width === after.width && before.height === after.height;
}
