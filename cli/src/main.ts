#!/usr/bin/env node
import { sweepProfiles } from "@passage/device/hosts/browser/profile";
import { CommanderError } from "commander";
import { exitCodes } from "./command.ts";
import { noteLine } from "./print.ts";
import { passageProgram } from "./program.ts";

for (const profile of await sweepProfiles())
  noteLine(`The profile of a browser that was killed, with its cookies, could not be removed: delete ${profile}`);
try {
  await passageProgram().parseAsync();
} catch (error) {
  // Commander has already printed what it refuses, or the help or version that was asked for.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
}
