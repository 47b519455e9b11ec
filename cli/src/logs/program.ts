import { type Command, Option } from "commander";
import { dataOption, jsonOption, parseCount, run } from "../command.ts";
import { levels } from "./levels.ts";

/** `passage logs …` */
export function addLogs(program: Command): void {
  const logs = program.command("logs").description("the log of the server on this machine");

  logs
    .command("tail")
    .description("print the log's last lines, then each new one")
    .addOption(new Option("-n, --lines <count>", "how many of the past").argParser(parseCount).default(20))
    .option("--no-follow", "end after those")
    .addOption(new Option("--level <level>", "only this level and worse").choices(levels))
    .option("--event <event>", "only these, such as webhook.missed, or webhook for all that begin so")
    .option("--link <link>", "only of this link, link_…")
    .option("--session <session>", "only of this session, sess_…")
    .option("--organization <tag>", "only of this organization: ten characters, as lines name it")
    .option("--request <request>", "only of this request, req_…")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(run(async (options) => (await import("./logs.ts")).tailLogs(options)));
}
