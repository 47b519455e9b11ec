import { hostNames } from "@passage/device/host-names";
import { Command, Option } from "commander";
import packageFile from "../package.json" with { type: "json" };
import { dataOption, parseCount, parseOrigin, parsePort, providersOption, run, withApi } from "./command.ts";
import { addData } from "./data/program.ts";
import { addEndpoints } from "./endpoints/program.ts";
import { addEvents } from "./events/program.ts";
import { examples } from "./examples.ts";
import { addKeys } from "./keys/program.ts";
import { addLinks } from "./links/program.ts";
import { addLogs } from "./logs/program.ts";
import { addOrganizations } from "./organizations/program.ts";
import { noteLine, printLine } from "./print.ts";
import { addProviders } from "./providers/program.ts";
import { addSessions } from "./sessions/program.ts";
import { addTrust } from "./trust/program.ts";

/** The `passage` command. Each command sets its exit status; an expected failure is a message on standard error. */
export function passageProgram(): Command {
  const program = new Command("passage")
    .description("Link accounts of any online service; the login stays on the user's device.")
    .version(packageFile.version, "-V, --version", "print the version")
    .showHelpAfterError("(passage --help lists the commands)")
    .addHelpText("after", "\nExit status: 0 done, 1 not done, 2 wrong usage, 3 the server does not answer.")
    .configureOutput({ writeOut: linesTo(printLine), writeErr: linesTo(noteLine) })
    .exitOverride();

  program.commandsGroup("Start here:");
  program
    .command("start")
    .description("run the server, with the sandbox sites unless --production")
    .addOption(
      new Option("--port <port>", "where to listen; 0 takes a free one").env("PORT").default(8787).argParser(parsePort),
    )
    .addOption(new Option("--host <address>", "which address to listen on").default("127.0.0.1"))
    .addOption(dataOption())
    .addOption(
      new Option("--public-url <url>", "where people reach the server").env("PUBLIC_URL").argParser(parseOrigin),
    )
    .addOption(providersOption())
    .addOption(
      new Option("--catalog <file>", "what passage build wrote on another machine, in place of --providers").conflicts(
        "providers",
      ),
    )
    .option("--production", "no sandbox, no webhooks to loopback")
    .action(run(async (options) => (await import("./start.ts")).start(options)));

  program
    .command("open")
    .description("be the device: open the link in a browser of its own, where you sign in")
    .argument("<code or url>", "the claim code or claim URL of a link, or ws://…/sessions/sess_…/ws?token=ct_…")
    .option("--headless", "no window; for tests and scripts, with --agree or --cdp-port")
    .option("--agree", "agree to what the link lists, without being asked in the window; for tests and scripts")
    .addOption(new Option("--cdp-port <port>", "let another program play the person").argParser(parsePort))
    .addOption(new Option("--server <url>", "the server of a bare code").env("PASSAGE_URL"))
    .addOption(
      new Option("--host <host>", "what drives the page; the contract hosts can do what a phone's webview can").choices(
        hostNames,
      ),
    )
    .option("--verbose", "print each command with its time")
    .option("--ledger <file>", "save the list of what was sent")
    .option(
      "--trust-publisher <jwk file...>",
      "believe manifests of this publisher too: its public key, JWK or JWK Set",
    )
    .addOption(dataOption())
    .action(run(async (target, options) => (await import("./open.ts")).open(target, options)));

  program
    .command("demo")
    .description("the whole loop on this machine, in one command")
    .option("--headed", "open a real window and let you sign in")
    .action(run(async (options) => (await import("./demo/demo.ts")).demo(options)));

  addTrust(program);

  program.commandsGroup("For developers:");
  addKeys(program);
  addLinks(program);
  addSessions(program);
  addEvents(program);
  addEndpoints(program);

  program
    .command("sandbox")
    .description("the stand-ins for the real sites")
    .command("users")
    .description("whom to sign in as, what happens then, and how a link ends")
    .option("--json", "the table as JSON")
    .action(run(async (options) => (await import("./sandbox-users.ts")).printUsers(options)));

  withApi(program.command("health"))
    .description("whether the server answers, and how each provider's operations fare")
    .action(run(async (options) => (await import("./health.ts")).health(options)));

  withApi(program.command("audit"))
    .description("who changed what, newest first")
    .addOption(new Option("--limit <count>", "how many").argParser(parseCount).default(20))
    .option("--operator", "what operators did to organizations, on the server's own machine")
    .action(run(async (options) => (await import("./audit.ts")).audit(options)));

  program.commandsGroup("For the operator of a server:");
  program
    .command("build")
    .description("write the server for Cloudflare, with providers of your own, for wrangler deploy")
    .addOption(new Option("--out <folder>", "where to write it").default("passage-server"))
    .addOption(providersOption())
    .action(run(async (options) => (await import("./build.ts")).build(options)));
  addOrganizations(program);
  addLogs(program);
  addData(program);

  program.commandsGroup("Providers and ledgers:");
  addProviders(program);

  program
    .command("ledger")
    .description("lists of what a device has sent")
    .command("verify")
    .description("show a saved list, and whether its chain is whole")
    .argument("<file>", "as saved by passage open --ledger")
    .action(run((file: string) => import("./ledger.ts").then(({ verifyLedger }) => verifyLedger(file))));

  addExamples(program, []);
  return program;
}

function addExamples(command: Command, path: readonly string[]): void {
  const example = examples[path.join(" ")];
  if (example) command.addHelpText("after", `\nExample:\n  passage ${example}`);
  for (const one of command.commands) addExamples(one, [...path, one.name()]);
}

/** Commander writes whole texts; the door takes lines. */
const linesTo = (print: (line: string) => void) => (text: string) => {
  for (const line of text.replace(/\n$/, "").split("\n")) print(line);
};
