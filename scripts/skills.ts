import { readFileSync } from "node:fs";
import { failureReasons } from "@passage/automation/failure";
import { errorHelp } from "@passage/protocol/error-help";
import { type ErrorCode, errorCodes } from "@passage/protocol/errors";
import { documentedEventTypes, endpointEvent, linkEvent } from "@passage/protocol/events";
import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import { linkStates, type Move, sessionStates } from "@passage/protocol/states";
import { providers } from "@passage/providers/catalog";
import { writeReference } from "./reference.ts";
import { commandTypes, typesBySection } from "./skill-types.ts";

/**
 * Writes what the skills repeat of the tables: whole references, and in hand-written files the parts between
 * `<!-- generated: name -->` or `<!-- file: path -->` and `<!-- end -->`. With --check, fails where one has drifted.
 */
const connect = "skills/passage-connect-api";
const written = [
  [`${connect}/references/types.md`, typesPage()],
  [`${connect}/references/commands.md`, commandsPage()],
  [`${connect}/references/providers.md`, providersPage()],
  [`${connect}/references/errors.md`, errorsPage()],
  ...[
    `${connect}/SKILL.md`,
    `${connect}/references/webhooks.md`,
    `${connect}/references/sessions.md`,
    "skills/passage-provider/SKILL.md",
  ].map((path) => [path, filled(readFileSync(path, "utf8"))] as const),
] as const;
for (const [path, text] of written) writeReference(path, text, "the tables or the catalog");

function filled(page: string): string {
  return page.replace(
    /<!-- (generated|file): (\S+) -->\n.*?<!-- end -->/gs,
    (_, kind: string, name: string) =>
      `<!-- ${kind}: ${name} -->\n${kind === "file" ? fence(readFileSync(name, "utf8")) : part(name)}<!-- end -->`,
  );
}

function part(name: string): string {
  switch (name) {
    case "link-states":
      return stateTable(linkStates.states) + moveTable(linkStates.moves);
    case "session-states":
      return stateTable(sessionStates.states) + moveTable(sessionStates.moves);
    case "endpoints":
      return endpointTable();
    case "events":
      return eventTable();
    default:
      throw new Error(`There is no generated part "${name}"`);
  }
}

function typesPage(): string {
  const sections = typesBySection().map(([title, source]) => `## ${title}\n\n${fence(source)}`);
  return `# Types

Every request, response and webhook body, as TypeScript. \`Routes\` says which route takes and returns what; \`body\`, \`query\` and \`id\` are
what it takes, \`answer\` is what it returns. The results of providers are in [providers.md](providers.md), the device commands in
[commands.md](commands.md). \`@passage/connect\` exports these types.

${sections.join("\n")}`;
}

function commandsPage(): string {
  return `# Commands

What a developer's own session can have the device do ([sessions.md](sessions.md)): \`browser.click({ selector })\` with the SDK, or
\`{"type":"worker.command","id":"1","command":"click","params":{…}}\` on the wire. \`Command<Params, Result>\` is a method that takes the
parameters and resolves with the result.

${fence(commandTypes())}`;
}

function providersPage(): string {
  const rows = providers.flatMap(({ id, name, operations }) =>
    operations.map(
      ({ resource, action, description, manifest }) =>
        `| \`${id}\` (${name}) | \`${resource}:${action}\` | ${description} | ${manifest.evidence} |`,
    ),
  );
  const catalog = readFileSync("connect/src/resources/catalog.generated.ts", "utf8").split("\n").slice(2).join("\n");
  return `# Providers

The catalog of this version. An instance may offer more: \`GET /v1/providers\` lists what it has, with JSON Schemas. In a request, \`integrationId\` (SDK:
\`provider\`) is the provider, and \`mobileBillingStatement:read\` is \`{ "resource": "mobileBillingStatement", "action": "read" }\` (SDK: \`type\`).

"Based on" says what an operation was checked against: \`live\` is the real site, \`documented\` its public documentation, \`synthetic\` our sandbox alone.

| Provider | Operation | What it does | Based on |
|---|---|---|---|
${rows.join("\n")}

An operation with \`write\` changes the account: the person confirms it on the device before it happens. With \`dryRun\` it fills in the form and stops before the last
button.

## Arguments and results

${fence(catalog)}`;
}

function errorsPage(): string {
  const row = (code: ErrorCode) =>
    `| \`${code}\` | ${errorCodes[code].status ?? ""} | ${errorHelp[code].cause} | ${errorHelp[code].remedy} |`;
  const table = (holds: (code: ErrorCode) => boolean) =>
    `| Code | Status | Why | What to do |\n|---|---|---|---|\n${(Object.keys(errorCodes) as ErrorCode[]).filter(holds).map(row).join("\n")}\n`;
  const isOfLinks = (code: ErrorCode) => code === code.toUpperCase();
  const isAnswered = (code: ErrorCode) => errorCodes[code].status !== null;
  const reasons = Object.entries(failureReasons).map(
    ([reason, { blames, code, title }]) => `| \`${reason}\` | ${blames} | \`${code}\` | ${title} |`,
  );
  return `# Errors

Switch on \`code\`; messages are for people and may change. Each code has a page: \`http://localhost:8787/docs/errors/<code>\`.

## Responses

The body of every response that is not 2xx:

\`\`\`json
{ "error": "A message", "code": "validation_failed", "issues": [{ "path": "operations.0.action", "message": "must be read or write" }], "requestId": "req_…", "docs": "http://localhost:8787/docs/errors/validation_failed" }
\`\`\`

\`issues\` is there with \`validation_failed\` only. The SDK throws a \`PassageError\` with \`code\`, \`status\`, \`issues\`, \`requestId\` and \`docs\`.

${table(isAnswered)}
## Why a link failed

\`error.code\` of a link or of a \`link.failed\` event. The link can be claimed again until it expires.

${table(isOfLinks)}
\`error.details.reason\` says more:

| Reason | To blame | Code | |
|---|---|---|---|
${reasons.join("\n")}

## Sessions and commands

In messages of a session's socket; the SDK throws them from the call of \`browser\`.

${table((code) => !isAnswered(code) && !isOfLinks(code))}`;
}

function endpointTable(): string {
  const rows = Object.entries<Route>(routes)
    .filter(([, { access }]) => access !== "public" && access !== "operator")
    .map(
      ([, { method, path, access, summary }]) =>
        `| \`${method} ${path.replace(/:(\w+)/g, "{$1}")}\` | \`${access}\` | ${summary} |`,
    );
  return `| Endpoint | Scope | |\n|---|---|---|\n${rows.join("\n")}\n`;
}

function eventTable(): string {
  const own: readonly string[] = documentedEventTypes;
  const rows = [...linkEvent.options, ...endpointEvent.options].map(({ description, shape }) => {
    const type = shape.event.value;
    return `| \`${type}\` | ${description} | ${own.includes(type) ? "yes" : "no"} |`;
  });
  return `| Type | When | To a link's own \`webhookUrl\` |\n|---|---|---|\n${rows.join("\n")}\n`;
}

function stateTable(states: Readonly<Record<string, string>>): string {
  const rows = Object.entries(states).map(([state, meaning]) => `| \`${state}\` | ${meaning} |`);
  return `| State | |\n|---|---|\n${rows.join("\n")}\n\n`;
}

function moveTable(moves: readonly Move<string>[]): string {
  const rows = moves.map(({ from, move, to, when = "" }) => `| \`${from}\` | ${move} | \`${to}\` | ${when} |`);
  return `| From | Move | To | When |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

function fence(source: string): string {
  return `\`\`\`ts\n${source.trim()}\n\`\`\`\n`;
}
