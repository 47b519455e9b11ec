import type { CommandName, CommandParams, CommandResult } from "@passage/protocol/commands";
import type { Opened } from "@passage/protocol/sealed-value";
import type { Egress } from "../egress/gate.ts";
import type { PrivatePhase } from "../egress/private-phase.ts";
import type { ReportedAddress } from "../egress/reported-address.ts";
import type { Progress } from "../executor/progress.ts";
import type { Origins } from "../mandate/origins.ts";
import type { FreshDocument } from "../page/fresh-document.ts";
import type { OverlayKeeper } from "../page/overlay.ts";
import type { Page } from "../page/page.ts";

export interface CommandContext {
  readonly page: Page;
  readonly privacy: PrivatePhase;
  readonly egress: Pick<Egress, "typed" | "secrets" | "shown" | "masked">;
  readonly fresh: FreshDocument;
  readonly origins: Origins;
  readonly overlay: OverlayKeeper;
  readonly addresses: ReportedAddress;
  readonly progress: Progress;
}

/** What a command does. It throws a PassageError where it fails, and waits only through its progress. */
export type Command<Name extends CommandName> = (
  context: CommandContext,
  params: Opened<CommandParams<Name>>,
) => Promise<CommandResult<Name>>;
