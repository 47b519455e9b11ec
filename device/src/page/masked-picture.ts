import { PassageError } from "@passage/protocol/errors";
import { failureError } from "../commands/persist.ts";
import type { Egress } from "../egress/gate.ts";
import type { Progress } from "../executor/progress.ts";
import type { Origins } from "../mandate/origins.ts";
import type { Snapshot } from "../webview.ts";
import type { Page } from "./page.ts";

interface PictureContext {
  readonly page: Page;
  readonly origins: Origins;
  readonly egress: Pick<Egress, "shown">;
  readonly progress: Progress;
}

/** The texts of a page to be covered in a picture, by their places. Null: the document went away first. */
type Covered = { readonly texts: readonly string[]; readonly places: readonly number[] } | null;

/**
 * A picture without the overlay, with every editable element covered and every text that holds a secret. When a document came
 * meanwhile, which draws the overlay anew, an element moved out of its cover, or another secret came, the picture is taken again.
 *
 * @throws `blocked_secret` where the page shows what a person typed: that is trusted to no cover.
 */
export async function maskedPicture(context: PictureContext, take: () => Promise<Snapshot>) {
  const { page, origins, progress } = context;
  try {
    for (;;) {
      origins.demand(page.url());
      const document = page.documentToken;
      const before = await covered(context);
      const hidden = await progress.race(page.call("curtain", true, before?.places ?? []));
      if (hidden.kind === "value" && hidden.value.kind === "failed") throw failureError(hidden.value);
      const picture = await progress.race(take());
      const fits = await progress.race(page.call("masksFit"));
      const isCovered = fits.kind === "value" && fits.value && isSame(before, await covered(context));
      if (hidden.kind !== "gone" && isCovered && page.documentToken === document) return picture;
      progress.blame("timeout", "The page's fields keep moving, so they cannot be covered in a picture");
      await progress.pause(20);
    }
  } finally {
    // The document may be gone, and its overlay with it.
    void page.call("curtain", false).catch(() => {});
  }
}

async function covered({ page, egress, progress }: PictureContext): Promise<Covered> {
  await page.webview.openClosedRoots?.();
  const drawn = await progress.race(page.call("drawnTexts"));
  if (drawn.kind === "gone") return null;
  const found = egress.shown.find(drawn.value);
  if (!found) throw shown("secrets in many places", []);
  if (found.typed.length > 0) throw shown(found.typed.join(", "), found.typed);
  return { texts: found.places.map((place) => drawn.value[place] ?? ""), places: found.places };
}

function isSame(before: Covered, after: Covered): boolean {
  return before !== null && after !== null && before.texts.join("\0") === after.texts.join("\0");
}

function shown(what: string, names: readonly string[]): PassageError {
  const message = `The page shows ${what}, so no picture of it is taken; go to another page, or read what you need`;
  return new PassageError("blocked_secret", message, names.length === 0 ? {} : { details: { names: [...names] } });
}
