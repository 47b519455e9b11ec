import { type Command, Option } from "commander";
import { dataOption, jsonOption, parseOrigin, parsePort, run } from "../command.ts";

/** `passage backup`, `restore` and `doctor`: the data folder and the machine that it is on */
export function addData(program: Command): void {
  program
    .command("backup")
    .description("write the data folder to one file, also while the server runs on it; it holds secrets")
    .argument("<file>", "a new file, for example passage-2026-11-21.tar.gz")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(run(async (file, options) => (await import("./backup.ts")).backup(file, options)));

  program
    .command("restore")
    .description("make a data folder of a backup, each file checked; then start on it")
    .argument("<file>", "what backup has written")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(run(async (file, options) => (await import("./restore.ts")).restore(file, options)));

  program
    .command("doctor")
    .description("look at this machine: what is wrong, and what to do about it")
    .addOption(
      new Option("--port <port>", "where the server is to listen").env("PORT").default(8787).argParser(parsePort),
    )
    .addOption(new Option("--host <address>", "which address to listen on").default("127.0.0.1"))
    .option("--production", "also look at what start --production needs")
    .addOption(
      new Option("--public-url <url>", "where people reach the server").env("PUBLIC_URL").argParser(parseOrigin),
    )
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(run(async (options) => (await import("../doctor/doctor.ts")).doctor(options)));
}
