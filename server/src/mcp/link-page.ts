import type { LinkStep } from "@passage/protocol/events";
import type { Attempt, Link, LinkSummary } from "@passage/protocol/http/link";
import { fenced, inline, list, markdown, present, time } from "./text.ts";
import type { ToolAnswer } from "./tool.ts";

/** A result can have a million characters; a model is shown so many, and a program's part of the answer has it whole up to here. */
const shownCharacters = 4_000;

const steps: Readonly<Record<LinkStep, string>> = {
  waiting_for_device: "waiting for the device",
  working: "the automation is working",
  waiting_for_user: "waiting for the person",
};

interface Around {
  readonly attempts?: readonly Pick<Attempt, "sessionId" | "status" | "error" | "startedAt" | "endedAt">[];
  readonly step?: LinkStep | null;
}

/** A link with its outcome. */
export function describeLink(link: Link, { attempts, step = null }: Around): ToolAnswer {
  const { result, metadata, ledger: _ledger, partial: _partial, ...rest } = link;
  const isLong = result !== null && JSON.stringify(result).length > shownCharacters;
  return {
    text: markdown({
      title: `Link ${link.id}`,
      facts: [
        ["Status", link.cancelledAt === null ? link.status : "expired (cancelled by its owner)"],
        ["Step", step && steps[step]],
        ["Provider", link.integrationId],
        ["Operations", operationsOf(link)],
        ["Your user", link.externalUserId && inline(link.externalUserId)],
        ["Session of the last attempt", link.currentSessionId],
        ["Error", link.error && `\`${inline(link.error.code)}\` ${inline(link.error.message)}`],
        ["Created", time(link.createdAt)],
        ["Expires", time(link.expiresAt)],
      ],
      sections: [
        link.error?.details ? `**Details of the error**\n${fenced(link.error.details, 1_000)}` : null,
        attempts && attempts.length > 0 ? `**Attempts, newest first**\n${list(attempts.map(attemptLine), "")}` : null,
        result === null ? null : `**Result**\n${fenced(result, shownCharacters)}`,
        metadata ? `**Metadata**\n${fenced(metadata, 1_000)}` : null,
      ],
      next: nextOf(link, isLong),
    }),
    structured: present({
      link: present({ ...rest, metadata, ...(isLong ? { resultCut: true } : { result }) }),
      step,
      attempts: attempts?.map(({ sessionId, status, error, startedAt, endedAt }) =>
        present({ sessionId, status, errorCode: error?.code, startedAt, endedAt }),
      ),
    }),
  };
}

/** A link on one line of a list. */
export function summaryLine(link: LinkSummary): string {
  return `\`${link.id}\` **${link.cancelledAt === null ? link.status : "cancelled"}** ${link.integrationId} ${operationsOf(link)}, ${time(link.createdAt)}`;
}

function operationsOf({ operations }: Pick<LinkSummary, "operations">): string {
  return operations.map(({ resource, action }) => `${resource}:${action}`).join(", ");
}

function attemptLine({ sessionId, status, error, startedAt, endedAt }: NonNullable<Around["attempts"]>[number]) {
  const until = endedAt === null ? "now" : time(endedAt);
  return `\`${sessionId}\` **${status}**${error ? ` \`${inline(error.code)}\`` : ""}, ${time(startedAt)} to ${until}`;
}

function nextOf({ id, status, currentSessionId }: Link, isLong: boolean): (string | null)[] {
  const session = currentSessionId && `get_session_overview with session_id ${currentSessionId} shows the attempt.`;
  const events = `list_events with link_id ${id} shows its webhooks.`;
  if (status === "pending") return ["Give the person the address that create_link returned.", `wait_for_link ${id}.`];
  if (status === "active") return [`wait_for_link ${id}.`, session];
  if (status === "complete") return [isLong ? `GET /v1/links/${id} has the whole result.` : null, events, session];
  if (status === "failed")
    return [session, "The person may try again with the same address, until the link expires.", events];
  return ["create_link makes a new one.", events];
}
