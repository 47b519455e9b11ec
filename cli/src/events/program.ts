import { Argument, type Command, Option } from "commander";
import { parseCount, parseUrl, run, withApi } from "../command.ts";

const typeOption = () => new Option("--type <types>", "only these, separated by commas");
const afterOption = () => new Option("--after <event>", "begin after this event, evt_…, not now");

/** `passage events …`, `listen` and `resend` */
export function addEvents(program: Command): void {
  const events = program.command("events").description("what happened, kept for 30 days");

  withApi(events.command("list"))
    .description("list events, newest first")
    .addOption(typeOption())
    .option("--link <link>", "only of this link")
    .addOption(new Option("--limit <count>", "how many").argParser(parseCount).default(20))
    .action(run(async (options) => (await load()).listEvents(options)));

  withApi(events.command("get"))
    .description("print an event with its body and its deliveries")
    .argument("<event>", "its id, evt_…")
    .action(run(async (id, options) => (await load()).getEvent(id, options)));

  withApi(events.command("tail"))
    .description("print each event as it happens")
    .addOption(typeOption())
    .addOption(afterOption())
    .action(run(async (options) => (await load()).tailEvents(options)));

  withApi(program.command("listen"))
    .description("carry webhooks to an address on this machine; no public URL needed")
    .addOption(new Option("--forward-to <url>", "your receiver").argParser(parseUrl).makeOptionMandatory())
    .addOption(typeOption().default("link.complete,link.failed"))
    .addOption(afterOption())
    .action(run(async (options) => (await import("./listen.ts")).listen(options)));

  withApi(program.command("trigger"))
    .description("make an event happen in test mode, with all that leads to it: a link, a device, a person")
    .addArgument(
      new Argument("<type>", "which").choices([
        "link.complete",
        "link.failed",
        "link.expired",
        "link.cancelled",
        testType,
      ]),
    )
    .addOption(new Option("--webhook-url <url>", "the link's own").argParser(parseUrl))
    .option("--endpoint <endpoint>", `for ${testType}: to this endpoint, whe_…`)
    .action(run(async (type, options) => (await import("./trigger.ts")).trigger(type, options)));

  withApi(program.command("resend"))
    .description("send an event again and wait for what becomes of it; exit status 0 when all got it")
    .argument("<event>", "its id, evt_…")
    .option("--endpoint <endpoint>", "to this endpoint alone, whe_…; else wherever it went")
    .addOption(new Option("--timeout <seconds>", "how long to wait").argParser(parseCount).default(20))
    .action(run(async (id, options) => (await load()).resend(id, options)));
}

const testType = "webhook_endpoint.test";
const load = () => import("./events.ts");
