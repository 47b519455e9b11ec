import { type FailureReason, failureReasons } from "@passage/automation/failure";
import type { Operation } from "@passage/automation/operation";
import { errorCodes } from "@passage/protocol/errors";
import type { Link } from "@passage/protocol/http/link";
import { attemptFailureCodes, type completeLinkRequest } from "@passage/protocol/http/sandbox";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import * as z from "zod";
import { findOperation, findProvider } from "../catalog.ts";
import type { Outcome } from "../session/session-config.ts";
import { attemptsOf } from "../stubs.ts";
import { checkStrict } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { ownLink, unknownLink } from "./own-link.ts";
import { invalid, problem, unwrap } from "./problem.ts";
import { serve } from "./serve.ts";

/** `/v1/sandbox`: what only test mode can do. */
export const sandbox = new Hono<PassageContext>();

serve(sandbox, routes.completeLink, async (asked) => {
  const own = await ownLink(asked);
  if (asked.caller.mode !== "test")
    throw problem("test_mode_only", "This link is live: it ends on its person's device. Only test links end here.");
  const link = await own.links.get(asked.id, false);
  if (!link) throw unknownLink();
  const { outcome, result } = asked.body;
  const ended = outcome === "complete" ? completion(link, result) : failure(link, asked.body);
  return unwrap(await attemptsOf(asked.c.env, own.tag).complete(asked.id, ended, asked.once));
});

type Asked = z.output<typeof completeLinkRequest>;

/** @param given must fit the operations' schemas; undefined: their samples. */
function completion(link: Link, given: unknown): Outcome {
  const parts = link.operations.map(({ resource, action }) => {
    const operation = operationOf(link.integrationId, resource, action);
    return { resource, action, operation };
  });
  const [only] = parts;
  if (parts.length === 1 && only) {
    const data = given === undefined ? sampleOf(only.operation) : checkStrict(only.operation.result, given, "result");
    return { status: "complete", result: JSON.stringify(data) };
  }
  const all =
    given === undefined
      ? {
          operations: parts.map(({ resource, action, operation }) => ({ resource, action, data: sampleOf(operation) })),
        }
      : checkStrict(resultOf(parts), given, "result");
  return { status: "complete", result: JSON.stringify(all) };
}

/** The result of several operations, in the link's order. */
function resultOf(parts: readonly { resource: string; action: string; operation: Operation }[]) {
  const items: z.ZodType[] = parts.map(({ resource, action, operation }) =>
    z.object({ resource: z.literal(resource), action: z.literal(action), data: operation.result }),
  );
  return z.object({ operations: z.tuple(items as [z.ZodType, ...z.ZodType[]]) });
}

function operationOf(providerId: string, resource: string, action: string): Operation {
  const provider = findProvider(providerId);
  const operation = provider && findOperation(provider, resource, action);
  if (operation) return operation;
  throw invalid([{ path: "", message: `this server no longer has ${providerId} ${resource}:${action}` }]);
}

function sampleOf({ resource, action, sample }: Operation): unknown {
  if (sample !== undefined) return sample;
  throw invalid([{ path: "result", message: `is required: ${resource}:${action} has no sample` }]);
}

/** A failure as a run would tell it: a code, and the reason that goes with it where it has one. */
function failure({ operations: [first] }: Link, asked: Pick<Asked, "code" | "reason">): Outcome {
  const reasons = Object.keys(failureReasons) as FailureReason[];
  const named = reasons.find((one) => one === asked.reason);
  if (asked.reason !== undefined && !named)
    throw invalid([{ path: "reason", message: `must be one of ${reasons.join(", ")}` }]);
  const code = asked.code ?? (named ? failureReasons[named].code : attemptFailureCodes[0]);
  if (named && failureReasons[named].code !== code)
    throw invalid([{ path: "reason", message: `${named} comes with ${failureReasons[named].code}, not ${code}` }]);
  const reason = named ?? reasons.find((one) => failureReasons[one].code === code);
  const details = {
    operation: `${first?.resource}:${first?.action}`,
    ...(reason && { reason }),
    ...((reason === "site_changed" || reason === "schema_drift") && {
      expected: "a site that the provider knows",
      seen: "a test link that was to fail so",
    }),
  };
  const { title } = reason ? failureReasons[reason] : errorCodes[code];
  return { status: "failed", error: { code, message: `${title}.`, details } };
}
