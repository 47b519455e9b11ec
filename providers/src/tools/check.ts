import type { Issued } from "@passage/automation/issued";
import { isCommandName } from "@passage/protocol/commands";
import * as z from "zod";
import type { Operation, Provider } from "../kit/define.ts";
import type { Recording } from "./recording.ts";
import { replay } from "./replay.ts";

/** Something that keeps a provider from working as it says. */
export interface Finding {
  /** `loans:read`, a file, or the provider itself. */
  readonly place: string;
  readonly message: string;
}

export interface RecordingFile {
  readonly file: string;
  readonly recording: Recording;
}

const evidences: readonly string[] = ["live", "documented", "synthetic"];
export const providerId = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const operationName = /^[a-z][A-Za-z0-9]*:(read|write)$/;

/** Everything about a provider that can be known without its site. An empty list: all is well. */
export async function checkProvider(provider: Provider, recordings: readonly RecordingFile[]): Promise<Finding[]> {
  const { id, name, version, site, operations } = provider;
  const names = operations.map(({ resource, action }) => `${resource}:${action}`);
  const twice = names.filter((one, index) => names.indexOf(one) !== index);
  const findings = demands(`provider ${id}`, [
    [providerId.test(id), "its id must be lower-case words with dashes, such as cedar-library"],
    [name.trim() === name && name !== "", "its name is what people read, and must not be empty"],
    [
      Number.isInteger(version) && version > 0,
      "its version must be a whole number from 1; count it up when a run asks for other things",
    ],
    [isHttpsUrl(site), `its site must be an https address, not ${site}`],
    [operations.length > 0, "it has no operation"],
    [twice.length === 0, `it has ${twice.join(", ")} twice`],
  ]);
  for (const operation of operations) {
    const own = recordings.filter(({ recording }) => recording.operation === nameOf(operation));
    findings.push(
      ...checkOperation(operation),
      ...checkSchemas(operation),
      ...checkSample(operation),
      ...checkEvidence(operation, own),
    );
  }
  for (const one of recordings) findings.push(...(await checkRecording(provider, one)));
  return findings;
}

function checkOperation(operation: Operation): Finding[] {
  const { origins, signIn = [], evidence } = operation.manifest;
  const notOrigins = origins.filter((origin) => !isHttpsOrigin(origin));
  const strays = signIn.filter((origin) => !origins.includes(origin));
  const missing = (["reads", "steps", "says"] as const).filter((name) => operation.manifest[name] === undefined);
  const { description } = operation;
  return demands(nameOf(operation), [
    [
      operationName.test(nameOf(operation)),
      "is resource:action, such as loans:read; the resource in camelCase, the action read or write",
    ],
    [
      description !== "" && !/[\n.]$/.test(description),
      "its description is one plain line without a full stop, such as “Your loans: title and due date”",
    ],
    [origins.length > 0, "manifest.origins is empty: the run could not open any page"],
    [
      notOrigins.length === 0,
      `manifest.origins: ${notOrigins.join(", ")} is no https origin; write https://host without a path or a last slash`,
    ],
    [new Set(origins).size === origins.length, "manifest.origins names an origin twice"],
    [strays.length === 0, `manifest.signIn: ${strays.join(", ")} is not among manifest.origins`],
    [missing.length === 0, `its manifest has no ${missing.join(", no ")}: a run can do only what they declare`],
    [evidences.includes(evidence), `manifest.evidence must be one of ${evidences.join(", ")}`],
  ]);
}

/** Developers and native devices get the schemas as JSON Schema. */
function checkSchemas({ arguments: args, result, ...operation }: Operation): Finding[] {
  return [
    { what: "arguments", schema: args, io: "input" as const },
    { what: "result", schema: result, io: "output" as const },
  ].flatMap(({ what, schema, io }) => {
    try {
      if (schema) z.toJSONSchema(schema, { io, unrepresentable: what === "arguments" ? "any" : "throw" });
      return [];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [{ place: nameOf(operation), message: `its ${what} cannot be written as JSON Schema: ${why}` }];
    }
  });
}

/** A test link that is completed without a device results in the sample. */
function checkSample(operation: Operation): Finding[] {
  if (operation.sample === undefined) return [];
  const issue = operation.result.safeParse(operation.sample).error?.issues[0];
  if (!issue) return [];
  const at = issue.path.join(".");
  return [
    { place: nameOf(operation), message: `its sample does not fit its result: ${at && `${at}: `}${issue.message}` },
  ];
}

/** What an operation claims of itself must be shown by a recording, and a recording can have only what is declared. */
function checkEvidence({ manifest, ...operation }: Operation, recordings: readonly RecordingFile[]): Finding[] {
  const used = new Set(
    recordings.flatMap(({ recording }) => recording.journal.flatMap(({ request }) => commandsOf(request as Issued))),
  );
  const free = [...used].filter((name) => isCommandName(name) && name !== "updateStatus");
  const hasLive = recordings.some(({ recording }) => recording.site === "live");
  return demands(nameOf(operation), [
    [recordings.length > 0, "has no recording: make one with `passage providers record`"],
    [
      manifest.evidence !== "live" || hasLive,
      "manifest.evidence says live, and no recording was made on the live site",
    ],
    [free.length === 0, `a recording uses ${free.join(", ")}; declare it as a step or a read instead`],
  ]);
}

/** A recording must be of an operation that there is, fit its schemas, and replay, twice, to the same requests. */
async function checkRecording(provider: Provider, { file, recording }: RecordingFile): Promise<Finding[]> {
  const operation = provider.operations.find((one) => nameOf(one) === recording.operation);
  if (!operation || recording.provider !== provider.id)
    return [
      { place: file, message: `is a recording of ${recording.provider} ${recording.operation}, which is not here` },
    ];
  const fits = operation.arguments?.safeParse(recording.arguments).success ?? true;
  const isResult = "result" in recording.ended;
  const resultFits = "result" in recording.ended ? operation.result.safeParse(recording.ended.result).success : true;
  const findings = demands(file, [
    [fits, "its arguments do not fit the operation's schema: record it again"],
    [!isResult || resultFits, "its result does not fit the operation's schema: record it again"],
  ]);
  for (const _ of [1, 2]) {
    const divergence = await replay(operation, recording);
    if (!divergence) continue;
    const { message, expected, seen } = divergence;
    return [...findings, { place: file, message: `${message} Recorded: ${short(expected)}. Now: ${short(seen)}.` }];
  }
  return findings;
}

function demands(place: string, rules: readonly (readonly [holds: boolean, message: string])[]): Finding[] {
  return rules.filter(([holds]) => !holds).map(([, message]) => ({ place, message }));
}

function commandsOf(issued: Issued): string[] {
  if ("yield" in issued) return [];
  if (issued.command !== "batch") return [issued.command];
  return (issued.params as { commands: { command: string }[] }).commands.map(({ command }) => command);
}

function nameOf({ resource, action }: Pick<Operation, "resource" | "action">): string {
  return `${resource}:${action}`;
}

function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}

function isHttpsOrigin(text: string): boolean {
  return isHttpsUrl(text) && new URL(text).origin === text;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 200 ? `${text.slice(0, 200)} …` : text;
}
