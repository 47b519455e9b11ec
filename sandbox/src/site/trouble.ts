import type { MiddlewareHandler } from "hono";
import type { SignedIn } from "../sign-in/visits.ts";

const hangMs = 60_000;
const slowMs = 2_000;

/** The calls for data of a user in trouble: slow, without an answer, or with other keys than before. */
export const dataTrouble: MiddlewareHandler<SignedIn> = async (context, next): Promise<Response | undefined> => {
  const { trouble } = context.var.user;
  if (trouble === "hang") return hang();
  if (trouble === "slow") await scheduler.wait(slowMs);
  await next();
  const isJson = context.res.headers.get("Content-Type")?.includes("json");
  if (trouble === "changed" && isJson) {
    const { status, headers } = context.res;
    context.res = new Response(JSON.stringify(renamed(await context.res.json())), { status, headers });
  }
  return undefined;
};

/** A site that does not refuse keeps the caller waiting. The wait is here, so that the object stays free. */
export async function hang(): Promise<Response> {
  await scheduler.wait(hangMs);
  return new Response(null, { status: 504 });
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [`${key}V2`, renamed(inner)]));
}
