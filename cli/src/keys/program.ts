import { type Command, Option } from "commander";
import { parseCount, run, withApi } from "../command.ts";

/** `passage keys …` */
export function addKeys(program: Command): void {
  const keys = program.command("keys").description("API keys of the running server");

  withApi(keys.command("create"))
    .description("make an API key; it is shown once. --mode test opens the sandbox, live the real sites")
    .option("--name <name>", "what you call the key")
    .option("--organization <id>", "whose; made where there is none. Only on the server's own machine")
    .option("--organization-name <name>", "what its users read: <name> asks to …. Only on the server's own machine")
    .option("--scopes <scopes...>", "what it may do, such as links:read webhooks:*; else all")
    .addOption(new Option("--expires-in <seconds>", "until it ends by itself").argParser(parseCount))
    .action(run(async (options) => (await load()).createKey(options)));

  withApi(keys.command("list"))
    .description("list keys, newest first: what they may do and when they were last used")
    .action(run(async (options) => (await load()).listKeys(options)));

  withApi(keys.command("rotate"))
    .description("make a key's successor; the old one works on for the overlap")
    .argument("<key>", "its id, as list shows it")
    .addOption(new Option("--overlap <seconds>", "0 ends the old one at once; else a day").argParser(Number))
    .action(run(async (id, options) => (await load()).rotateKey(id, options)));

  withApi(keys.command("revoke"))
    .description("end a key, at once")
    .argument("<key>", "its id, as list shows it")
    .action(run(async (id, options) => (await load()).revokeKey(id, options)));
}

const load = () => import("./keys.ts");
