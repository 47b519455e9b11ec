#!/usr/bin/env node
import { CommanderError } from "commander";
import { exitCodes } from "./command.ts";
import { passageProgram } from "./program.ts";

try {
  await passageProgram().parseAsync();
} catch (error) {
  // Commander has already printed what it refuses, or the help or version that was asked for.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
}
