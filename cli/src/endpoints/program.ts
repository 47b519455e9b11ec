import { Argument, type Command, Option } from "commander";
import { parseSeconds, parseUrl, run, withApi } from "../command.ts";

/** `passage endpoints …` */
export function addEndpoints(program: Command): void {
  const endpoints = program.command("endpoints").description("where events go, beside each link's own webhook URL");
  const eventsOption = () =>
    new Option("--events <types...>", "which events").choices([
      "link.complete",
      "link.failed",
      "link.expired",
      "webhook_endpoint.disabled",
    ]);

  withApi(endpoints.command("list"))
    .description("list endpoints, with how each fared in the last day")
    .action(run(async (options) => (await load()).listEndpoints(options)));

  withApi(endpoints.command("create"))
    .description("create an endpoint; its secret is shown once")
    .addArgument(new Argument("<url>", "your receiver").argParser(parseUrl))
    .addOption(eventsOption())
    .option("--description <text>", "what you call it")
    .action(run(async (url, options) => (await load()).createEndpoint(url, options)));

  withApi(endpoints.command("update"))
    .description("change an endpoint; what is not given stays")
    .argument("<endpoint>", "its id, whe_…")
    .addOption(new Option("--url <url>", "your receiver").argParser(parseUrl))
    .addOption(eventsOption())
    .option("--description <text>", "what you call it")
    .option("--enable", "send to it again, also after failures have disabled it")
    .option("--disable", "send nothing to it")
    .action(run(async (id, options) => (await load()).updateEndpoint(id, options)));

  withApi(endpoints.command("delete"))
    .description("delete an endpoint; what is on its way to it ends")
    .argument("<endpoint>", "its id, whe_…")
    .action(run(async (id, options) => (await load()).deleteEndpoint(id, options)));

  withApi(endpoints.command("test"))
    .description("send a test event to an endpoint")
    .argument("<endpoint>", "its id, whe_…")
    .action(run(async (id, options) => (await load()).testEndpoint(id, options)));

  withApi(endpoints.command("rotate-secret"))
    .description("make a new signing secret; it is shown once")
    .argument("<endpoint>", "its id, whe_…")
    .addOption(new Option("--overlap <seconds>", "how long the old one signs too; else a day").argParser(parseSeconds))
    .action(run(async (id, options) => (await load()).rotateSecret(id, options)));
}

const load = () => import("./endpoints.ts");
