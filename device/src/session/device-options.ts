import type { LedgerFile } from "@passage/protocol/ledger";
import type { CommandReport } from "../executor/parts.ts";
import type { HostName } from "../host-names.ts";
import type { AskConsent } from "../mandate/consent.ts";
import type { Mandate } from "../mandate/mandate.ts";
import type { Trust } from "../mandate/trust.ts";

/** The device's place in a session, as a claim gives it. */
export interface SessionPlace {
  readonly websocketUrl: string;
  readonly clientToken: string;
  readonly sessionId: string;
  /** Epoch milliseconds. The device gives up two minutes later, whatever happens. */
  readonly expiresAt: number;
}

export interface DeviceSettings {
  /** A developer's own session, which declares nothing. Otherwise what does not show signed manifests is refused. */
  readonly developer?: boolean | undefined;
  /** Files with the public keys (JWK or JWK Set) of publishers to trust besides the one that this device was built with. */
  readonly trustedPublishers?: readonly string[] | undefined;
  /** What the device's owner decided about publishers; without it, nothing. */
  readonly trust?: Trust | undefined;
  /** The built-in publisher's keys, where they are not in their usual place. */
  readonly publishers?: string | undefined;
  /** Default `chromium`. */
  readonly host?: HostName | undefined;
  readonly headless?: boolean | undefined;
  /** A DevTools port on loopback, so that another program can play the person. 0 picks one: see `onReady`. */
  readonly cdpPort?: number | undefined;
  readonly chromiumPath?: string | undefined;
  /** The built page script, where it is not in its usual place. */
  readonly pageScript?: string | undefined;
  /** The browser is up. */
  readonly onReady?: ((browser: { readonly pid: number; readonly cdpPort: number | null }) => void) | undefined;
  /** Asks the person for their consent, without which nothing is done. Default: in the device's own window. */
  readonly consent?: AskConsent | undefined;
  /** What the session may do, before it does anything. */
  readonly onMandate?: ((mandate: Mandate) => void) | undefined;
  /** Each answered command: names and times, never values. */
  readonly onCommand?: ((report: CommandReport) => void) | undefined;
  /** Every frame, before it is sent. */
  readonly onFrame?: ((text: string) => void) | undefined;
  readonly onLog?: ((line: string) => void) | undefined;
  /** Aborting it closes the window, as if the person had. */
  readonly signal?: AbortSignal | undefined;
}

export type DeviceOptions = SessionPlace & DeviceSettings;

export interface DeviceOutcome {
  /** `replaced`: another device took the session. `closed`: the person or the signal ended it. `lost`: no server in time. */
  readonly phase: "complete" | "failed" | "expired" | "replaced" | "closed" | "lost";
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly returnUrl: string | null;
}

export interface EndedDevice extends DeviceOutcome {
  /** What was sent, in plain words. */
  readonly ledger: LedgerFile;
}
