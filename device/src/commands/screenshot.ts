import { PassageError } from "@passage/protocol/errors";
import { maxFrameBytes } from "@passage/protocol/session";
import type { Snapshot } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";

/** What an answer has around its picture. */
const envelopeBytes = 1_024;

export const screenshot: Command<"screenshot"> = async (context, params) => {
  const { format = "png", quality = 80, fullPage = false } = params;
  const { snapshot } = context.page.webview;
  if (!snapshot) throw new PassageError("unsupported_command", "This device cannot take pictures of the page");
  try {
    const picture = await unveiled(context, () => snapshot({ format, quality, fullPage }));
    if (picture.data.length > maxFrameBytes - envelopeBytes) throw tooLarge(picture.data.length, format);
    return { ...picture, format };
  } finally {
    void context.page.call("curtain", false).catch(() => {});
  }
};

/** A picture without the overlay. A document that comes meanwhile draws it anew: then the picture is taken again. */
async function unveiled({ page, origins, progress }: CommandContext, take: () => Promise<Snapshot>): Promise<Snapshot> {
  for (;;) {
    origins.demand(page.url());
    const document = page.documentToken;
    const hidden = await progress.race(page.call("curtain", true));
    const picture = await progress.race(take());
    if (hidden.kind !== "gone" && page.documentToken === document) return picture;
    await progress.pause(20);
  }
}

function tooLarge(bytes: number, format: "png" | "jpeg"): PassageError {
  const instead = format === "png" ? "take it as jpeg" : "take it with a lower quality, or without fullPage";
  return new PassageError(
    "payload_too_large",
    `The picture has ${bytes} bytes, over the frame's ${maxFrameBytes}: ${instead}`,
  );
}
