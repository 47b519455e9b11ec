import { readdirSync } from "node:fs";
import { closedSchema } from "@passage/protocol/closed-schema";
import { commands } from "@passage/protocol/commands";
import { errorCodes } from "@passage/protocol/errors";
import { linkStatusMessage, webhookEvent } from "@passage/protocol/events";
import { isStrict, type Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import { clientMessage, debugEnvelope, serverMessage, workerMessage } from "@passage/protocol/session";
import { protocolVersion } from "@passage/protocol/version";
import { yieldRequest, yieldResult } from "@passage/protocol/yield";
import * as z from "zod";
import { writeReference } from "./reference.ts";

/** Writes `protocol/src/schema.json`, which hosts in other languages read; with --check, fails where it has drifted. */
const path = "protocol/src/schema.json";
const schemaOf = (schema: z.ZodType, io: "input" | "output") => z.toJSONSchema(schema, { io, unrepresentable: "any" });

const files = readdirSync("protocol/src/http").filter((file) => file !== "fields.ts");
const modules = await Promise.all(
  [...files.sort().map((file) => `http/${file}`), "webhooks.ts"].map((file) => import(`../protocol/src/${file}`)),
);
const strict = new Set<z.ZodType | undefined>(
  Object.values<Route>(routes).flatMap((route) => (isStrict(route) ? [route.body, route.query] : [])),
);
const resourceOf = (name: string, schema: z.ZodType) =>
  strict.has(schema) ? closedSchema(schema) : schemaOf(schema, /Request|Query/.test(name) ? "input" : "output");
const resources = Object.fromEntries(
  modules
    .flatMap((module) => Object.entries<unknown>(module))
    .flatMap(([name, value]) => (value instanceof z.ZodType ? [[name, resourceOf(name, value)]] : [])),
);
const document = {
  protocolVersion,
  commands: Object.fromEntries(
    Object.entries(commands).map(([name, { summary, params, result }]) => [
      name,
      { summary, params: schemaOf(params, "input"), result: schemaOf(result, "output") },
    ]),
  ),
  messages: {
    client: schemaOf(clientMessage, "input"),
    worker: schemaOf(workerMessage, "input"),
    server: schemaOf(serverMessage, "output"),
    debug: schemaOf(debugEnvelope, "output"),
    linkStatus: schemaOf(linkStatusMessage, "output"),
    webhook: schemaOf(webhookEvent, "output"),
  },
  yield: { request: schemaOf(yieldRequest, "input"), result: schemaOf(yieldResult, "output") },
  resources,
  errorCodes,
};
const text = `${JSON.stringify(document, null, 1)}\n`;

writeReference(path, text, "the schemas");
