import type { DeclaredParams, DeclaredResult } from "@passage/protocol/declared-commands";
import { PassageError } from "@passage/protocol/errors";
import {
  mostDrift,
  type PageRead,
  type ReadDeclaration,
  type RequestRead,
  type StatusClass,
  statusClassOf,
} from "@passage/protocol/reads/declaration";
import type { Shape } from "@passage/protocol/reads/shape";
import { failureError } from "../commands/persist.ts";
import type { AccountCodes } from "../reads/account-codes.ts";
import { fillParams, fillRequest, headerValue, type Params } from "../reads/filled-request.ts";
import type { Newest } from "../reads/newest-rows.ts";
import { type Projected, project, projectJson } from "../reads/projection.ts";
import { storedText } from "../reads/stored-text.ts";
import type { DeclaredContext } from "./context.ts";
import type { Named } from "./operations.ts";
import { readElements } from "./page-elements.ts";
import { isBelow } from "./places.ts";

/** A body of which only the shape's leaves leave the device. */
const maxBodyBytes = 4 * 1_048_576;

/** Carries out a read of the active operation's manifest. */
export async function read(
  context: DeclaredContext,
  { read: wanted, params = {}, newest }: DeclaredParams<"read">,
): Promise<DeclaredResult<"read">> {
  const { operations, progress, onSent } = context;
  const { active, budget } = operations;
  const named = active.read(wanted);
  const { name, declaration } = named;
  budget.begin();
  demandPlace(context, named);
  const rows = "newest" in declaration ? declaration.newest : undefined;
  if (newest !== undefined && !rows)
    throw new PassageError("invalid_params", "newest is of a read whose rows the manifest does not declare");
  const most = newest === undefined || !rows ? undefined : { ...rows, most: newest };
  progress.log(`read ${name}`);
  const { status, projected } =
    declaration.source === "page"
      ? { status: "ok" as const, projected: await fromPage(context, name, declaration, params) }
      : await fromRequest(context, name, declaration, params, most);
  if (!projected) return { status, data: null };
  progress.sources.addDeclared(projected.lookedUp);
  budget.demand(projected);
  const drift = projected.drift.slice(0, mostDrift).map((one) => ({ ...one }));
  const told = drift.length > 0 ? { drift } : {};
  if (projected.data === undefined) return { status, data: null, ...told };
  const { memory } = active;
  memory.hold(name, projected);
  // The gate may still refuse it, and the command's time may end first.
  onSent(() => memory.sent(name, projected));
  return { status, data: projected.data as never, ...told };
}

/** The read is made at its origin, and on the pages below its path. */
function demandPlace({ page }: DeclaredContext, { name, declaration: { on } }: Named<ReadDeclaration>): void {
  const here = URL.parse(page.url());
  if (here?.origin !== on.origin || !isBelow(here.pathname, on.path))
    throw new PassageError("origin_not_allowed", `The page is not where ${name} may be read: ${on.origin}${on.path}`);
}

async function fromPage(
  context: DeclaredContext,
  name: string,
  declaration: PageRead,
  params: Params,
): Promise<Projected> {
  const { codes } = context.operations;
  const { memory } = context.operations.active;
  const values = fillParams(declaration.params ?? {}, params, memory);
  const { atLeast = 0, most } = declaration.rows ?? {};
  context.progress.blame("timeout", `The elements of ${name} did not come`);
  const { found, texts } = await readElements(
    context,
    declaration,
    typeof atLeast === "number" ? atLeast : Number(values.get(atLeast.$param)),
    () => demandPlace(context, { name, declaration }),
  );
  const rows = most && Array.isArray(found) ? found.slice(0, Number(values.get(most.$param))) : found;
  const projected = await withCodes(context, codes, () => project(declaration.shape, rows, memory.leafSession(codes)));
  projected.lookedUp.add("pick", texts);
  return projected;
}

async function fromRequest(
  context: DeclaredContext,
  name: string,
  declaration: RequestRead,
  params: Params,
  newest: Newest | undefined,
): Promise<{ status: StatusClass; projected: Projected | null }> {
  const { page, progress, operations } = context;
  const { active, codes } = operations;
  const { memory } = active;
  const { method, path, headers: filled, body } = fillRequest(declaration, params, memory);
  await pageHasAsked(context, declaration);
  demandPlace(context, { name, declaration });
  const headers = { ...filled, ...(await storedHeaders(context, declaration)) };
  progress.blame("fetch_timed_out", "The site did not answer the page's request");
  const url = declaration.on.origin + path;
  const kept = { as: "text", okOnly: true, maxBytes: maxBodyBytes, redirect: "error" } as const;
  const wanted = { url, method, headers, body, ...kept };
  const asked = await progress.race(page.call("request", wanted, progress.remainingMs));
  if (asked.kind === "gone") throw new PassageError("fetch_failed", "The page left before the answer came");
  if (asked.value.kind === "failed") throw failureError(asked.value);
  const { status, body: text } = asked.value.value;
  const { shape } = declaration;
  const isOk = status >= 200 && status < 300;
  const write = (shape: Shape) => projectJson(shape, String(text ?? ""), memory.leafSession(codes), newest);
  const projected = isOk && shape !== null ? await withCodes(context, codes, () => write(shape)) : null;
  return { status: statusClassOf(status), projected };
}

/** The read's headers that the site has stored. A stored value is a secret from the moment at which it is read. */
async function storedHeaders(
  { page, progress, egress }: DeclaredContext,
  { on, headers = {} }: RequestRead,
): Promise<Readonly<Record<string, string>>> {
  const found: [name: string, value: string][] = [];
  for (const [name, header] of Object.entries(headers)) {
    if (typeof header === "string" || !("$stored" in header)) continue;
    const { area, key } = header.$stored;
    const asked = await progress.race(page.call("storedValue", on.origin, area, key));
    if (asked.kind === "gone") throw new PassageError("fetch_failed", "The page left before the request was made");
    const text = storedText(header.$stored, asked.value.value);
    if (text === undefined) continue;
    if (!egress.secrets.addStoredHeader(name, header.prefix ?? "", text))
      throw new PassageError("fetch_failed", `What the site has stored for the header ${name} cannot be kept secret`);
    found.push([name, headerValue(name, (header.prefix ?? "") + text)]);
  }
  return Object.fromEntries(found);
}

/** Codes for accounts take their time to be made: what has one is written again once they are. */
async function withCodes(
  { progress }: DeclaredContext,
  codes: AccountCodes,
  write: () => Projected,
): Promise<Projected> {
  const written = write();
  return (await progress.race(codes.make())) ? write() : written;
}

/** Waits for the page's own call. When it does not come, or the host cannot see it, the read says what there is to say. */
async function pageHasAsked({ page, progress }: DeclaredContext, { after, on }: RequestRead): Promise<void> {
  const { network } = page;
  if (!after || !network) return;
  // Half of the time is the read's own, so that the page's silence and the site's are told apart.
  const endsAt = performance.now() + Math.min(after.withinMs, progress.remainingMs / 2);
  const isAsked = () =>
    [...network.responses()].some(({ method, url }) => {
      const address = URL.parse(url);
      return method === after.method && address?.origin === on.origin && address.pathname === after.path;
    });
  while (!isAsked() && performance.now() < endsAt) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = network.listen(resolve);
    try {
      await Promise.race([promise, progress.pause(Math.max(1, endsAt - performance.now()))]);
    } finally {
      stop();
    }
  }
}
