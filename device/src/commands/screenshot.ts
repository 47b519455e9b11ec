import { PassageError } from "@passage/protocol/errors";
import { maxFrameBytes } from "@passage/protocol/session";
import { maskedPicture } from "../page/masked-picture.ts";
import type { Command } from "./command.ts";

/** What an answer has around its picture. */
const envelopeBytes = 1_024;

export const screenshot: Command<"screenshot"> = async (context, params) => {
  const { format = "png", quality = 80, fullPage = false } = params;
  const { snapshot } = context.page.webview;
  if (!snapshot) throw new PassageError("unsupported_command", "This device cannot take pictures of the page");
  const picture = await maskedPicture(context, () => snapshot({ format, quality, fullPage }));
  if (picture.data.length > maxFrameBytes - envelopeBytes) throw tooLarge(picture.data.length, format);
  return { ...picture, format };
};

function tooLarge(bytes: number, format: "png" | "jpeg"): PassageError {
  const instead = format === "png" ? "take it as jpeg" : "take it with a lower quality, or without fullPage";
  return new PassageError(
    "payload_too_large",
    `The picture has ${bytes} bytes, over the frame's ${maxFrameBytes}: ${instead}`,
  );
}
