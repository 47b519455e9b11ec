import type { CommandParams } from "@passage/protocol/commands";
import { awaitResponse, bodyOf } from "../network/response-match.ts";
import type { FieldProjection } from "../page-script/api.ts";
import { type Chosen, chosenJson } from "./chosen-json.ts";
import type { Command, CommandContext } from "./command.ts";
import { askWhere } from "./foreign.ts";

type Params = CommandParams<"extract">;
type FromDom = Extract<Params, { from: "dom" }>;
type FromResponse = Extract<Params, { from: "response" }>;

export const extract: Command<"extract"> = async (context, params) =>
  (params.from === "dom" ? { data: await fromDom(context, params) } : await fromResponse(context, params)) as never;

const defaultLimit = 1_000;

/** The frame that `rows` leads into is where the fields are. */
function fromDom(context: CommandContext, { rows, fields, limit = defaultLimit }: FromDom): Promise<unknown> {
  const read = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, projectionOf(field)]));
  return askWhere(
    context,
    rows ?? "extract",
    (frame, inner, guarded, sliceMs) =>
      frame.call("extract", { rows: rows && inner, fields: read, limit }, sliceMs, guarded),
    "extract_failed",
  );
}

function projectionOf(field: FromDom["fields"][string]): FieldProjection {
  if (typeof field === "string") return { selector: field, read: "text", optional: false };
  return { selector: field.selector, read: field.read ?? "text", optional: field.optional ?? false };
}

async function fromResponse(context: CommandContext, { schema, ...wanted }: FromResponse): Promise<Chosen> {
  const met = await awaitResponse(context, { ...wanted, captureBody: true });
  return chosenJson(context, { url: met.url, status: met.status, text: bodyOf(met) ?? "" }, schema);
}
