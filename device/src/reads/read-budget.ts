import { PassageError } from "@passage/protocol/errors";
import type { Projected } from "./projection.ts";

/** How much a signed session may read: what is over it does not leave the device. */
export const readLimits = { reads: 500, readBytes: 65_536, textLength: 262_144, drifts: 3 } as const;

/** Counts what has been read in a session, whatever operations it has. */
export class ReadBudget {
  #reads = 0;
  #textLength = 0;
  #drifts = 0;

  /** For a device that outlives its session: the next one may read as much again. */
  renew(): void {
    this.#reads = 0;
    this.#textLength = 0;
    this.#drifts = 0;
  }

  /** @throws `payload_too_large` when the session has made all its reads. */
  begin(): void {
    this.#reads += 1;
    if (this.#reads > readLimits.reads) throw exceeded(`${readLimits.reads} reads`);
    if (this.#drifts >= readLimits.drifts) throw exceeded(`${readLimits.drifts} reads whose answers did not fit`);
  }

  /** @throws `payload_too_large` when the data is over a limit. */
  demand({ data, textLength }: Projected): void {
    if (data === undefined) {
      this.#drifts += 1;
      return;
    }
    const bytes = new TextEncoder().encode(JSON.stringify(data)).length;
    if (bytes > readLimits.readBytes)
      throw new PassageError("payload_too_large", `A read may have ${readLimits.readBytes} bytes; this one has more`);
    if (this.#textLength + textLength > readLimits.textLength)
      throw exceeded(`${readLimits.textLength} characters of free text`);
    this.#textLength += textLength;
  }
}

function exceeded(what: string): PassageError {
  return new PassageError("payload_too_large", `A session may have ${what}, and this one has had them`);
}
