import type { Done, Failure } from "../api.ts";
import { nextFrame } from "../moments.ts";
import { hideOverlay } from "./host.ts";
import { drawMasks } from "./masks.ts";

/** See {@link PageApi.curtain}. Boxes of the masks stay in sight; they stand in the document's coordinates. */
export async function curtain(hidden: boolean, texts: readonly number[] = []): Promise<Done | Failure> {
  hideOverlay(hidden);
  if (!drawMasks(hidden, texts)) return unknownPlace;
  await nextFrame();
  await nextFrame();
  return { kind: "done" };
}

const unknownPlace: Failure = {
  kind: "failed",
  code: "blocked_secret",
  message: "The page shows a secret at a place that cannot be covered, so no picture of it is taken",
};
