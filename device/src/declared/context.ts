import type { CommandContext } from "../commands/command.ts";
import type { DeclaredOperations } from "./operations.ts";

/** What a declared command runs with. */
export interface DeclaredContext extends CommandContext {
  readonly operations: DeclaredOperations;
  /** Calls the function when the command's result has left the device, which it may never do. */
  readonly onSent: (sent: () => void) => void;
}
