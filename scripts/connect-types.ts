import { readdirSync } from "node:fs";
import * as z from "zod";
import { elementState, json } from "../protocol/src/commands/fields.ts";
import { drift } from "../protocol/src/reads/declaration.ts";
import { freeShape } from "../protocol/src/reads/free-shape.ts";
import { plainLeaf } from "../protocol/src/reads/leaf.ts";
import { innerShape, shapeForms } from "../protocol/src/reads/shape.ts";
import { messagesToWorker, serverMessage, workerMessage } from "../protocol/src/session.ts";
import { yieldCondition, yieldRequest, yieldResult } from "../protocol/src/yield.ts";
import { declarationOf, type JsonSchema, typeOf } from "./typescript-of.ts";

/** Schemas with a name of their own in the SDK, besides all that the modules of resources and events export. */
const chosen: Readonly<Record<string, z.ZodType>> = {
  ElementState: elementState,
  Json: json,
  Drift: drift,
  Leaf: plainLeaf,
  Shape: z.union([plainLeaf, ...Object.values(shapeForms)]).describe(freeShape.description ?? ""),
  YieldCondition: yieldCondition,
  YieldRequest: yieldRequest,
  YieldResult: yieldResult,
  ServerMessage: z
    .union(serverMessage.options.filter(({ shape }) => messagesToWorker.includes(shape.type.value)))
    .describe("Server to worker."),
  WorkerMessage: workerMessage.describe("Worker to server."),
};

/** People write these as constants. */
const ofConstants = ["Leaf", "Shape"];

/** The names of the others, where they are not the export's own. Null: its parts stand where it is used. */
const renamed: Readonly<Record<string, string | null>> = {
  attempt: "LinkAttempt",
  createdEndpoint: "CreatedWebhookEndpoint",
  endpointDisabledEvent: "EndpointDisabledBody",
  endpointEvent: null,
  endpointTestEvent: "EndpointTestBody",
  event: "LoggedEvent",
  failure: "LinkError",
  grant: "Scope",
  linkCancelledEvent: "LinkCancelledBody",
  linkCompleteEvent: "LinkCompleteBody",
  linkEvent: null,
  linkExpiredEvent: "LinkExpiredBody",
  linkFailedEvent: "LinkFailedBody",
  phase: "SessionPhase",
  serverMessage: null,
  workerMessage: null,
  session: "SessionRecord",
  webhookEvent: "WebhookBody",
};

type Io = "input" | "output";

/** The protocol's schemas as types of the SDK. Only those that were used are declared, and what they refer to. */
export class SdkTypes {
  readonly #names = z.registry<{ id: string }>();
  readonly #ids = new Set<string>();
  readonly #schemas: Readonly<Record<Io, Readonly<Record<string, JsonSchema>>>>;
  readonly #used = new Map<string, Io>();

  /** @param inline schemas that are printed where they are used, unless they have a name */
  constructor(exported: Iterable<[name: string, value: unknown]>, inline: readonly z.ZodType[]) {
    for (const [name, schema] of Object.entries(chosen)) this.#name(schema, name);
    for (const [name, value] of exported)
      if (isNamed(value) && renamed[name] !== null) this.#name(value, renamed[name] ?? capitalised(name));
    for (const [index, schema] of inline.entries()) this.#name(schema, `(inline ${index})`);
    this.#schemas = { input: this.#convert("input"), output: this.#convert("output") };
  }

  /** The type of a schema as one writes it where it is used. */
  of(schema: z.ZodType, io: Io): string {
    const { id } = this.#names.get(schema) ?? {};
    if (id === undefined) throw new Error("A schema was neither exported nor given as an inline one");
    if (/^\w+$/.test(id)) return this.use(id, io);
    const json = this.#schemas[io][id] as JsonSchema;
    this.#follow(json, io);
    return typeOf(json);
  }

  /** Declares the type of this name. One that is sent and returned must be the same both ways. */
  use(name: string, io: Io): string {
    const before = this.#used.get(name);
    const json = this.#schemas[io][name];
    if (!json) throw new Error(`No schema has the name ${name}`);
    if (before === undefined) {
      this.#used.set(name, io);
      this.#follow(json, io);
    } else if (before !== io && typeOf(json) !== typeOf(this.#schemas[before][name] as JsonSchema))
      throw new Error(`${name} is not the same as what is sent and what is returned: give each a name`);
    return name;
  }

  declarations(): string[] {
    return [...this.#used].map(([name, io]) =>
      declarationOf(name, this.#schemas[io][name] as JsonSchema, { ofConstants: ofConstants.includes(name) }),
    );
  }

  /** The first name of a schema stays. */
  #name(schema: z.ZodType, id: string): void {
    if (this.#names.has(schema)) return;
    if (this.#ids.has(id)) throw new Error(`Two schemas have the name ${id}`);
    this.#ids.add(id);
    this.#names.add(schema, { id });
  }

  #follow(json: JsonSchema, io: Io): void {
    JSON.stringify(json, (key, value) => {
      if (key === "$ref") this.use(value, io);
      return value;
    });
  }

  #convert(io: Io): Record<string, JsonSchema> {
    const { schemas } = z.toJSONSchema(this.#names, {
      io,
      uri: (id) => id,
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => {
        if (shapes.includes(zodSchema)) jsonSchema.$ref = "Shape";
      },
    });
    return schemas as Record<string, JsonSchema>;
  }
}

/** What the protocol's modules of resources, events and messages export. */
export async function exportedSchemas(): Promise<[name: string, value: unknown][]> {
  const files = readdirSync("protocol/src/http").map((file) => `http/${file}`);
  const paths = ["http/fields.ts", ...files, "events.ts", "session.ts", "trace.ts", "webhooks.ts"];
  const modules = await Promise.all(paths.map((path) => import(`../protocol/src/${path}`)));
  return modules.flatMap((module) => Object.entries<unknown>(module));
}

/** Not texts, numbers and lists, which need no name. */
function isNamed(value: unknown): value is z.ZodType {
  return value instanceof z.ZodObject || value instanceof z.ZodEnum || value instanceof z.ZodUnion;
}

/** A shape is checked by a function, so its schema says nothing. */
const shapes: readonly unknown[] = [freeShape, innerShape];

function capitalised(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}
