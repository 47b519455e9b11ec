import type { Command } from "commander";
import { dataOption, example, jsonOption, run } from "../command.ts";

/** `passage organizations …`, as the operator of the server on this machine. */
export function addOrganizations(program: Command): void {
  const organizations = program
    .command("organizations")
    .description("organizations of the server on this machine: who asks, as people read it");

  const withData = (command: Command) => command.addOption(dataOption()).addOption(jsonOption());

  withData(organizations.command("list"))
    .description("list organizations, by id")
    .addHelpText("after", example("passage organizations list"))
    .action(run(async (options) => (await load()).listOrganizations(options)));

  withData(organizations.command("get"))
    .description("print an organization")
    .argument("<organization>", "its id, such as default")
    .addHelpText("after", example("passage organizations get default --json"))
    .action(run(async (id, options) => (await load()).getOrganization(id, options)));

  withData(organizations.command("rename"))
    .description('name an organization; people read "<name> asks to …" on the claim page')
    .argument("<organization>", "its id, such as default")
    .argument("<name>", "what people read")
    .addHelpText("after", example('passage organizations rename default "Acme Bank"'))
    .action(run(async (id, name, options) => (await load()).renameOrganization(id, name, options)));
}

const load = () => import("./organizations.ts");
