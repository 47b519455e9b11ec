import { type CommandName, mustBeDeclared } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";

/** The commands of the manifest. A developer's own session has none and may use every command. */
export class DeclaredCommands {
  #declared: ReadonlySet<string> | null = null;

  /** @param manifest null: there is none. */
  pin(manifest: { readonly commands?: readonly string[] | undefined } | null): void {
    this.#declared = manifest && new Set(manifest.commands ?? []);
  }

  /** @throws `command_not_declared` */
  demand(name: CommandName): void {
    if (!this.#declared || !mustBeDeclared(name) || this.#declared.has(name)) return;
    const message = `${name} is not among the commands that the operation's manifest declares: add it to manifest.commands`;
    throw new PassageError("command_not_declared", message);
  }
}
