import type { CreateLinkRequest, Link, LinkStatus } from "@passage/connect";
import { type ApiOptions, exitCodes } from "../command.ts";
import { connectTo } from "../connection.ts";
import { jsonLines, print, printLine, table, when } from "../print.ts";
import { passageCommand } from "../runtime/invocation.ts";
import { untilInterrupted } from "../signals.ts";
import { readOperation } from "./operation.ts";

export interface CreateOptions extends ApiOptions {
  readonly webhookUrl?: string;
  readonly returnUrl?: string;
  readonly externalUserId?: string;
  readonly expiresIn?: number;
  readonly watch?: boolean;
}

/** `links create <provider> <operation...>`: prints the claim code and the page to send the person to. */
export async function createLink(provider: string, operations: string[], options: CreateOptions): Promise<number> {
  const passage = await connectTo(options);
  const { webhookUrl, returnUrl, externalUserId, expiresIn } = options;
  const request: CreateLinkRequest = {
    integrationId: provider,
    operations: operations.map(readOperation),
    webhookUrl,
    returnUrl,
    externalUserId,
    expiresIn,
  };
  const link = await passage.links.create(request);
  const lines = [
    `Link:       ${link.linkId}`,
    `Claim code: ${link.claimCode}`,
    `Send to:    ${link.appClipUrl}`,
    `Expires:    ${when(link.expiresAt)}`,
    `Or be the device: ${passageCommand} open ${link.claimCode}`,
  ];
  print(options, link, lines);
  return options.watch ? watchLink(link.linkId, options) : exitCodes.done;
}

export interface ListOptions extends ApiOptions {
  readonly status?: LinkStatus;
  readonly limit: number;
}

/** `links list`: the newest first, as many as asked for. */
export async function listLinks(options: ListOptions): Promise<number> {
  const passage = await connectTo(options);
  const links = [];
  const list = passage.links.list({ status: options.status, limit: Math.min(options.limit, 100) });
  for await (const link of list) {
    links.push(link);
    if (links.length === options.limit) break;
  }
  const rows = links.map((link) => [
    link.id,
    link.status,
    link.integrationId,
    link.operations.map(({ resource, action }) => `${resource}:${action}`).join(","),
    when(link.createdAt),
  ]);
  const words = rows.length > 0 ? table(["LINK", "STATUS", "PROVIDER", "OPERATIONS", "CREATED"], rows) : "No links.";
  print(options, { links }, words);
  return exitCodes.done;
}

/** `links get <id>`: all that is known of it. */
export async function getLink(id: string, options: ApiOptions): Promise<number> {
  const link = await (await connectTo(options)).links.get(id);
  print(options, link, jsonLines(link));
  return exitCodes.done;
}

/** `links cancel <id>`: nobody can claim it any more. */
export async function cancelLink(id: string, options: ApiOptions): Promise<number> {
  const link = await (await connectTo(options)).links.cancel(id);
  print(options, link, `${link.id} is cancelled.`);
  return exitCodes.done;
}

/** `links watch <id>`: each status as it comes; done when the link is complete, failed when it ends otherwise. */
export async function watchLink(id: string, options: ApiOptions & { readonly timeout?: number }): Promise<number> {
  const passage = await connectTo(options);
  const startedAt = Date.now();
  return untilInterrupted(async (signal) => {
    const onStatus = (link: Link) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
      print(options, { linkId: link.id, status: link.status, error: link.error }, `${seconds} s  ${link.status}`);
    };
    const timeout = options.timeout === undefined ? undefined : options.timeout * 1000;
    const link = await passage.links.waitFor(id, { signal, onStatus, timeout });
    if (link.error && !options.json) printLine(`${link.error.code}: ${link.error.message}`);
    return link.status === "complete" ? exitCodes.done : exitCodes.failed;
  });
}
