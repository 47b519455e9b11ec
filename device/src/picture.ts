import type { Origins } from "./origins.ts";
import type { Page } from "./page.ts";
import type { Progress } from "./progress.ts";
import type { Snapshot } from "./webview.ts";

interface PictureContext {
  readonly page: Page;
  readonly origins: Origins;
  readonly progress: Progress;
}

/**
 * A picture without the overlay, and with every editable element covered. When a document came meanwhile, which draws the
 * overlay anew, or an element moved out of its cover, the picture is taken again.
 */
export async function maskedPicture({ page, origins, progress }: PictureContext, take: () => Promise<Snapshot>) {
  try {
    for (;;) {
      origins.demand(page.url());
      const document = page.documentToken;
      const hidden = await progress.race(page.call("curtain", true));
      const picture = await progress.race(take());
      const fits = await progress.race(page.call("masksFit"));
      const covered = fits.kind === "value" && fits.value;
      if (hidden.kind !== "gone" && covered && page.documentToken === document) return picture;
      progress.blame("timeout", "The page's fields keep moving, so they cannot be covered in a picture");
      await progress.pause(20);
    }
  } finally {
    // The document may be gone, and its overlay with it.
    void page.call("curtain", false).catch(() => {});
  }
}
