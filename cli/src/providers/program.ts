import { hostNames } from "@passage/device/host-names";
import { type Command, Option } from "commander";
import { jsonOption, parsePort, run } from "../command.ts";

/** `passage providers …`: the kit for writing providers. */
export function addProviders(program: Command): void {
  const providers = program.command("providers").description("write, run, record and check providers");
  const dir = () =>
    new Option("--dir <folder>", "a provider's own folder (default: this one, where it has a provider.ts)");

  providers
    .command("new")
    .description("write a package with one provider and one operation, or one more operation")
    .argument("<id>", "its id, such as cedar-library")
    .option("--site <url>", "the site's live address, such as https://www.cedar-library.example")
    .option("--operation <resource:action>", "the operation (default for a new provider: items:read)")
    .addOption(dir())
    .action(run(async (id, options) => (await import("./new.ts")).newProvider(id, options)));

  for (const { name, description } of [
    { name: "run", description: "run an operation in a browser on this machine; you sign in" },
    { name: "record", description: "run an operation and keep a recording without personal data" },
  ]) {
    const command = providers
      .command(name)
      .description(description)
      .argument("<id>")
      .argument("<operation>", "resource:action")
      .option("--args <json>", "the operation's arguments")
      .option("--sandbox [url]", "its sandbox (the default), or a stand-in at this address")
      .option("--live", "the real site")
      .option("--headless", "no window; a failure ends the run")
      .addOption(new Option("--cdp-port <port>", "let another program play the person").argParser(parsePort))
      .addOption(new Option("--host <host>", "what drives the page").choices(hostNames))
      .addOption(dir())
      .addOption(new Option("--data <folder>", "of a running server, whose sandbox is used").env("PASSAGE_DATA"));
    if (name === "run")
      command.action(
        run(async (id, operation, options) => (await import("./run.ts")).runProvider(id, operation, options)),
      );
    else
      command
        .option("--name <name>", "what the recording shows, such as two-pages", "sample")
        .option("--scrub <value...>", "further values that must not be kept")
        .option("--failure", "keep a run that failed, too")
        .option("--force", "replace a recording of that name")
        .action(run(async (id, operation, options) => (await import("./record.ts")).record(id, operation, options)));
  }

  providers
    .command("sandbox")
    .description("serve a package's own sandbox site, to look at it")
    .addOption(new Option("--port <port>", "where to listen; 0 takes a free one").default(4100).argParser(parsePort))
    .addOption(dir())
    .action(run(async (options) => (await import("./sandbox.ts")).serveSandbox(options)));

  providers
    .command("test")
    .description("run a package's own tests")
    .addOption(dir())
    .action(run(async (options) => (await import("./test.ts")).testProvider(options)));

  providers
    .command("replay")
    .description("run all recordings offline")
    .argument("[id]")
    .addOption(dir())
    .addOption(jsonOption())
    .action(run(async (id, options) => (await import("./replay.ts")).replayProviders(id, options)));

  providers
    .command("check")
    .description("manifests, schemas, determinism, evidence and recordings")
    .argument("[id]")
    .addOption(dir())
    .addOption(jsonOption())
    .action(run(async (id, options) => (await import("./check.ts")).checkProviders(id, options)));
}
