import type { Snapshot, SnapshotRequest } from "../../webview.ts";
import type { CdpSession } from "../browser/pipe.ts";

/** A picture by Chromium's compositor, of what shows or of the whole page. */
export async function takeSnapshot(session: CdpSession, wanted: SnapshotRequest): Promise<Snapshot> {
  const { cssContentSize, cssLayoutViewport } = await session.send("Page.getLayoutMetrics");
  const shown = { width: cssLayoutViewport.clientWidth, height: cssLayoutViewport.clientHeight };
  const size = wanted.fullPage ? cssContentSize : shown;
  const [width, height] = [Math.ceil(size.width), Math.ceil(size.height)];
  const { data } = await session.send("Page.captureScreenshot", {
    format: wanted.format,
    ...(wanted.format === "jpeg" && { quality: wanted.quality }),
    ...(wanted.fullPage && { captureBeyondViewport: true, clip: { x: 0, y: 0, width, height, scale: 1 } }),
  });
  return { data, width, height };
}
