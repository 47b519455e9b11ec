import { Argument, type Command } from "commander";
import { dataOption, jsonOption, parseCount, run } from "../command.ts";

/** `passage organizations …`, as the operator of the server on this machine. */
export function addOrganizations(program: Command): void {
  const organizations = program
    .command("organizations")
    .description("organizations of the server on this machine: who asks, as people read it");

  const withData = (command: Command) => command.addOption(dataOption()).addOption(jsonOption());

  withData(organizations.command("list"))
    .description("list organizations, by id")
    .action(run(async (options) => (await load()).listOrganizations(options)));

  withData(organizations.command("get"))
    .description("print an organization")
    .argument("<organization>", "its id, such as default")
    .action(run(async (id, options) => (await load()).getOrganization(id, options)));

  withData(organizations.command("rename"))
    .description('name an organization; people read "<name> asks to …" on the claim page')
    .argument("<organization>", "its id, such as default")
    .argument("<name>", "what people read")
    .action(run(async (id, name, options) => (await load()).renameOrganization(id, name, options)));

  withData(organizations.command("set-link-shards"))
    .description("spread an organization's new links over more objects; the number can be raised, and not lowered")
    .argument("<organization>", "its id, such as default")
    .addArgument(new Argument("<count>", "1 to 64").argParser(parseCount))
    .action(run(async (id, count, options) => (await load()).setLinkShards(id, count, options)));
}

const load = () => import("./organizations.ts");
