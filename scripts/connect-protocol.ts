import { spawnSync } from "node:child_process";
import * as z from "zod";
import { commands, defaultCommandTimeoutMs } from "../protocol/src/commands.ts";
import { type ErrorCode, errorCodes } from "../protocol/src/errors.ts";
import { handlePrefixes } from "../protocol/src/ids.ts";
import { isForSdk, type Route } from "../protocol/src/routes/route.ts";
import { routes } from "../protocol/src/routes/table.ts";
import { closeCodes, heartbeat, maxFrameBytes, subprotocol } from "../protocol/src/session.ts";
import { protocolVersion } from "../protocol/src/version.ts";
import { defaultYieldTimeoutMs } from "../protocol/src/yield.ts";
import { exportedSchemas, SdkTypes } from "./connect-types.ts";
import { writeReference } from "./reference.ts";
import { commentOf } from "./typescript-of.ts";

/** Writes what the SDK has of the protocol, as types and constants without zod; with --check, fails where it has drifted. */
const path = "connect/src/protocol.generated.ts";

const keyed = Object.entries<Route>(routes).filter(([, route]) => isForSdk(route));
const inline = [
  ...keyed.flatMap(([, { query, body, answer }]) => [query, body, answer]),
  ...Object.values(commands).flatMap(({ params, result }) => [params, result]),
].filter((schema) => schema instanceof z.ZodType);
const types = new SdkTypes(await exportedSchemas(), inline);
const [answered, ofSessions] = [codesWhere(isAnswered), codesWhere((code) => !isAnswered(code) && !isOfLinks(code))];
const tables = [
  ...declareRoutes(),
  ...declareCommands(),
  ...declareCodes(
    "AnsweredErrorCode",
    "answeredCodes",
    answered,
    "A code that a Passage server returns; `docs` on the error leads to its page.",
  ),
  ...declareCodes(
    "SessionErrorCode",
    "sessionCodes",
    ofSessions,
    "A code that a session returns for a browser call, often the device's own. `command` names the call.",
  ),
  ...declareConstants({
    subprotocol,
    protocolVersion,
    heartbeat,
    maxFrameBytes,
    closeCodes: Object.fromEntries(Object.entries(closeCodes).map(([name, { code }]) => [name, code])),
    defaultCommandTimeoutMs,
    defaultYieldTimeoutMs,
  }),
];
for (const name of ["YieldRequest", "WorkerMessage"]) types.use(name, "input");
for (const name of ["YieldResult", "ServerMessage", "ErrorValue", "Issue", "WebhookBody"]) types.use(name, "output");

const text = [
  '/** Generated from the tables and schemas in `protocol/` by "npm run schema". */\n',
  'import type { Command } from "./browser/command.ts";\n',
  ...tables,
  ...types.declarations(),
].join("\n");
writeReference(path, formatted(text), "the protocol");

/** What each route takes and returns, and where it is. */
function declareRoutes(): string[] {
  const rows = keyed.map(([name, { path, summary, query, body, answer }]) => {
    if (typeof answer === "string" && answer !== "nothing")
      throw new Error(`${name} answers a ${answer}: not for the SDK`);
    const parts = [
      ...(path.includes(":id") ? ["id: string"] : []),
      ...(query ? [parameter("query", query)] : []),
      ...(body ? [parameter("body", body)] : []),
      `answer: ${typeof answer === "string" ? "null" : types.of(answer, "output")}`,
    ];
    return `${commentOf(summary)}${name}: { ${parts.join("; ")} };`;
  });
  const addresses = keyed.map(([name, route]) => {
    const { method, path } = route;
    return `${name}: ${JSON.stringify([method, path, ...(path.includes(":id") ? [exampleOf(route)] : [])])},`;
  });
  return [
    `/** The routes that take an API key: what each takes, and what it returns. */\nexport interface Routes {\n${rows.join("\n")}\n}\n`,
    `/** Where they are: method, path, and an example of the id in it. */\nexport const routes = {\n${addresses.join("\n")}\n} as const;\n`,
  ];
}

/** It may be left out where nothing in it is required. */
function parameter(name: string, schema: z.ZodType): string {
  const isOptional = schema.safeParse({}).success;
  return isOptional ? `${name}?: ${types.of(schema, "input")} | undefined` : `${name}: ${types.of(schema, "input")}`;
}

function exampleOf({ id }: Route): string {
  if (id === "provider") return "tmobile";
  if (id === undefined || id === "code" || id === "document" || id === "name")
    throw new Error(`There is no example of a ${id}`);
  return `${handlePrefixes[id]}abc123`;
}

function declareCommands(): string[] {
  const rows = Object.entries(commands).map(
    ([name, { summary, params, result }]) =>
      `${commentOf(summary)}${name}: Command<${types.of(params, "input")}, ${types.of(result, "output")}>;`,
  );
  return [
    `/** The device commands, each as the method that a \`Browser\` has of it. */\nexport interface Commands {\n${rows.join("\n")}\n}\n`,
    `/** Their names as values: each becomes a method. */\nexport const commandNames = ${JSON.stringify(Object.keys(commands))} as const satisfies readonly (keyof Commands)[];\n`,
  ];
}

function codesWhere(holds: (code: ErrorCode) => boolean): ErrorCode[] {
  return (Object.keys(errorCodes) as ErrorCode[]).filter(holds);
}

function isAnswered(code: ErrorCode): boolean {
  return errorCodes[code].status !== null;
}

/** Why an attempt failed: it stands in a link's error, not in one that a call throws. */
function isOfLinks(code: ErrorCode): boolean {
  return code === code.toUpperCase();
}

function declareCodes(type: string, list: string, codes: readonly ErrorCode[], description: string): string[] {
  const members = codes.map((code) => `${commentOf(`${errorCodes[code].title}.`)}  | "${code}"`);
  return [
    `${commentOf(description)}export type ${type} =\n${members.join("\n")};\n`,
    `export const ${list}: readonly ${type}[] = ${JSON.stringify(codes)};\n`,
  ];
}

function declareConstants(constants: Record<string, unknown>): string[] {
  return Object.entries(constants).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)} as const;\n`,
  );
}

function formatted(source: string): string {
  const { stdout, stderr, status } = spawnSync("biome", ["format", `--stdin-file-path=${path}`], {
    input: source,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`biome format: ${stderr}`);
  return stdout;
}
