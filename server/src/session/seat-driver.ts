import { Automated } from "./automated.ts";
import type { Driver, Seat } from "./driver.ts";
import { Relay } from "./relay.ts";
import type { SessionStore } from "./store.ts";

/** Who drives: our own automation for a link's attempt, a developer's worker otherwise. */
export function seatDriver(seat: Seat, { journal, relay }: SessionStore): Driver {
  const { attempt } = seat.opening;
  return attempt ? new Automated(seat, attempt, journal) : new Relay(seat, relay);
}
