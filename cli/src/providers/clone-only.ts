import type { Command } from "commander";
import { exitCodes } from "../command.ts";
import { noteError } from "../print.ts";

/** `passage providers …` of the published package: the kit needs the catalog's sources, the compiler and the tests. */
export function addProviders(program: Command): void {
  program
    .command("providers")
    .description("write, run, record and check providers; only in a clone of the repository")
    .allowUnknownOption()
    .argument("[arguments...]")
    .action(() => {
      noteError("passage providers works in a clone of the repository: its docs/providers.md goes through it.");
      process.exitCode = exitCodes.failed;
    });
}
