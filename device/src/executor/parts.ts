import type { DeclaredOperations } from "../declared/operations.ts";
import type { Egress } from "../egress/gate.ts";
import type { PrivatePhase } from "../egress/private-phase.ts";
import type { ReportedAddress } from "../egress/reported-address.ts";
import type { Origins } from "../mandate/origins.ts";
import type { FreshDocument } from "../page/fresh-document.ts";
import type { OverlayKeeper } from "../page/overlay.ts";
import type { Page } from "../page/page.ts";
import type { SensitiveFields } from "../page/sensitive-fields.ts";
import type { SealedValues } from "./sealed-values.ts";

/** A command that has been answered: names and times, never values. */
export interface CommandReport {
  readonly id: string;
  /** With the name of the step or read that it is about. */
  readonly command: string;
  readonly ms: number;
  readonly error?: string;
}

export interface ExecutorParts {
  readonly page: Page;
  readonly egress: Egress;
  readonly privacy: PrivatePhase;
  readonly fields: SensitiveFields;
  readonly fresh: FreshDocument;
  readonly operations: DeclaredOperations;
  readonly origins: Origins;
  readonly overlay: OverlayKeeper;
  readonly sealed: SealedValues;
  readonly onCommand?: ((report: CommandReport) => void) | undefined;
}

/** What commands run with. */
export interface CommandParts extends ExecutorParts {
  readonly addresses: ReportedAddress;
}
