import type { Command } from "commander";
import { jsonOption, parseOrigin, run } from "../command.ts";
import { trustPath } from "./trust-file.ts";

/** `passage trust …`: whose manifests this device believes on real sites. */
export function addTrust(program: Command): void {
  const trust = program
    .command("trust")
    .description("whose word decides what a session may do on real sites, with your account");
  const withPlace = (command: Command) =>
    command.addHelpText("after", `\nKept in ${trustPath()}, for you alone. PASSAGE_CONFIG names another folder.`);
  withPlace(trust);

  withPlace(trust.command("add"))
    .description("trust the publishers of a server: shows their names and thumbprints, and asks")
    .argument("<server url>", "such as https://passage.example.com", parseOrigin)
    .option("--yes", "do not ask; for scripts that have compared the thumbprint")
    .action(run(async (server, options) => (await load()).addTrusted(server, options)));

  withPlace(trust.command("list"))
    .description("list the publishers that are trusted, the built-in ones too, and those that were removed or revoked")
    .addOption(jsonOption())
    .action(run(async (options) => (await load()).listTrusted(options)));

  withPlace(trust.command("remove"))
    .description("refuse what a publisher signs from now on")
    .argument("<name or thumbprint>", "as passage trust list shows it")
    // A thumbprint may begin with a dash.
    .allowUnknownOption()
    .action(run(async (publisher) => (await load()).removeTrusted(publisher)));
}

const load = () => import("./trust.ts");
