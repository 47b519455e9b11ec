#!/usr/bin/env node
import { hostNames } from "@passage/device/host-names";
import { Command, InvalidArgumentError, Option } from "commander";

/** The `passage` command. Each command answers its exit status; an expected failure is one line on standard error. */
const program = new Command("passage")
  .description("Link accounts of any online service; the login stays on the user's device.")
  .showHelpAfterError("(passage --help lists the commands)");

const dataOption = () =>
  new Option("--data <folder>", "the server's data folder").env("PASSAGE_DATA").default(".passage");

program
  .command("start")
  .description("run the server, with the sandbox sites unless --production")
  .addOption(
    new Option("--port <port>", "where to listen; 0 takes a free one").env("PORT").default(8787).argParser(parsePort),
  )
  .addOption(new Option("--host <address>", "which address to listen on").default("127.0.0.1"))
  .addOption(dataOption())
  .addOption(new Option("--public-url <url>", "where people reach the server").env("PUBLIC_URL"))
  .option("--production", "no sandbox, no webhooks to loopback")
  .action(run(async (options) => (await import("./start.ts")).start(options)));

const keys = program.command("keys").description("API keys of the running server");
keys
  .command("create")
  .description("make an API key; it is shown once")
  .addOption(
    new Option("--mode <mode>", "test opens the sandbox, live the real sites")
      .choices(["test", "live"])
      .default("test"),
  )
  .option("--name <name>", "what users read: <name> asks to …")
  .option("--json", 'print {"key": "psg_test_…"}')
  .addOption(dataOption())
  .action(run(async (options) => (await import("./keys.ts")).createKey(options)));

program
  .command("open")
  .description("be the device: open the link in a browser of its own, where you sign in")
  .argument("<code or url>", "the claim code or claim URL of a link, or ws://…/sessions/sess_…/ws?token=ct_…")
  .option("--headless", "no window; for tests and scripts")
  .addOption(new Option("--cdp-port <port>", "let another program play the person").argParser(parsePort))
  .addOption(new Option("--server <url>", "the server of a bare code").env("PASSAGE_URL"))
  .addOption(
    new Option("--host <host>", "what drives the page; the contract hosts can do what a phone's webview can").choices(
      hostNames,
    ),
  )
  .option("--verbose", "print each command with its time")
  .addOption(dataOption())
  .action(run(async (target, options) => (await import("./open.ts")).open(target, options)));

program
  .command("sandbox")
  .description("the stand-ins for the real sites")
  .command("users")
  .description("whom to sign in as, what happens then, and how a link ends")
  .option("--json", "the table as JSON")
  .action(run(async (options) => (await import("./sandbox-users.ts")).printUsers(options)));

program
  .command("demo")
  .description("the whole loop on this machine, in one command")
  .option("--headed", "open a real window and let you sign in")
  .action(run(async (options) => (await import("./demo/demo.ts")).demo(options)));

await program.parseAsync();

/** Each command's module is loaded when it is called: `start` needs no browser, `keys` no server. */
// biome-ignore lint/suspicious/noExplicitAny: commander hands over options that the command's own type describes
function run<A extends any[]>(command: (...args: A) => Promise<number>): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = await command(...args);
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      if (process.env.PASSAGE_DEBUG) console.error(error);
      process.exitCode = 1;
    }
  };
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}
