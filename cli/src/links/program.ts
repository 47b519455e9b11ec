import { type Command, Option } from "commander";
import { parseCount, parseUrl, run, withApi } from "../command.ts";

/** `passage links …` */
export function addLinks(program: Command): void {
  const links = program.command("links").description("create links and see how they fare");

  withApi(links.command("create"))
    .description("create a link; prints its claim code and the page for the person")
    .argument("<provider>", "for example tmobile; GET /v1/providers lists them")
    .argument("<operation...>", `resource:action, or with arguments 'mobileBillingStatement:read={"limit":3}'`)
    .addOption(new Option("--webhook-url <url>", "where its result goes, signed").argParser(parseUrl))
    .option("--return-url <url>", "where the person goes afterwards")
    .option("--external-user-id <id>", "your own id of the person")
    .addOption(new Option("--expires-in <seconds>", "until it expires unclaimed").argParser(parseCount))
    .option("--watch", "then print each status until the link ends")
    .action(run(async (provider, operations, options) => (await load()).createLink(provider, operations, options)));

  withApi(links.command("list"))
    .description("list links, newest first")
    .addOption(
      new Option("--status <status>", "only these").choices(["pending", "active", "complete", "failed", "expired"]),
    )
    .addOption(new Option("--limit <count>", "how many").argParser(parseCount).default(20))
    .action(run(async (options) => (await load()).listLinks(options)));

  withApi(links.command("get"))
    .description("print a link with its result or error")
    .argument("<link>", "its id, link_…")
    .action(run(async (id, options) => (await load()).getLink(id, options)));

  withApi(links.command("cancel"))
    .description("cancel a link; an attempt that is under way ends")
    .argument("<link>", "its id, link_…")
    .action(run(async (id, options) => (await load()).cancelLink(id, options)));

  withApi(links.command("watch"))
    .description("print each status until the link ends; exit status 0 when it is complete")
    .argument("<link>", "its id, link_…")
    .addOption(new Option("--timeout <seconds>", "give up after this time").argParser(parseCount))
    .action(run(async (id, options) => (await load()).watchLink(id, options)));
}

const load = () => import("./links.ts");
