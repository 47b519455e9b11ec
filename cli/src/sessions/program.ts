import { type Command, Option } from "commander";
import { parseCount, run, withApi } from "../command.ts";

/** `passage sessions …` */
export function addSessions(program: Command): void {
  const sessions = program.command("sessions").description("sessions of links, and those that your own worker drives");

  withApi(sessions.command("list"))
    .description("list sessions, newest first")
    .addOption(new Option("--limit <count>", "how many").argParser(parseCount).default(20))
    .action(run(async (options) => (await load()).listSessions(options)));

  withApi(sessions.command("get"))
    .description("print a session")
    .argument("<session>", "its id, sess_…")
    .action(run(async (id, options) => (await load()).getSession(id, options)));

  withApi(sessions.command("end"))
    .description("end a session, at once; a link's attempt ends with it")
    .argument("<session>", "its id, sess_…")
    .action(run(async (id, options) => (await load()).endSession(id, options)));
}

const load = () => import("./sessions.ts");
