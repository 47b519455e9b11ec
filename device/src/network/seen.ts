import type { Egress } from "../egress/gate.ts";
import type { PrivatePhase } from "../egress/private-phase.ts";
import { placeOf } from "../egress/public-url.ts";
import type { Origins } from "../mandate/origins.ts";
import { cutLater } from "../page-script/cut-later.ts";
import type { NetworkLog } from "./log.ts";

const mostListed = 10;

/** What decides which responses may be asked about. */
export interface Asking {
  readonly origins: Origins;
  readonly privacy: PrivatePhase;
  readonly egress: Pick<Egress, "typed">;
}

/** A response by its place: no query, no fragment, no ids. */
export interface SeenResponse {
  readonly method: string;
  readonly url: string;
  readonly status: number;
}

/** The responses since the last navigate, for the error of a wait that none of them met. The latest places come first, each once. */
export function seenResponses(log: NetworkLog, { origins, privacy, egress }: Asking) {
  const lines = new Map<string, SeenResponse>();
  let unlisted = 0;
  for (const { method, url, status } of [...log.responses()].reverse()) {
    const place = placeOf(url);
    if (!origins.allows(url) || privacy.isSignIn(url) || egress.typed.holds(place)) continue;
    const line = `${method} ${cutLater(place, 200)}${/[?]/.test(url) ? "?…" : ""} (${status})`;
    if (lines.size < mostListed || lines.has(line)) lines.set(line, { method, url: place, status });
    else unlisted++;
  }
  const more = unlisted > 0 ? `; and ${unlisted} earlier ones` : "";
  const gone = log.dropped > 0 ? `; ${log.dropped} still earlier ones are no longer kept` : "";
  const words =
    lines.size === 0
      ? `There was no response since the last navigate${gone}.`
      : `Seen since the last navigate, without queries: ${[...lines.keys()].join(", ")}${more}${gone}.`;
  return { words, details: { seen: [...lines.values()] } };
}
