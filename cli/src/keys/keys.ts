import type { CreateKeyRequest, Key, Scope } from "@passage/connect";
import { type ApiOptions, exitCodes } from "../command.ts";
import { connectTo } from "../connection.ts";
import { Operator } from "../operator.ts";
import { print, table, when } from "../print.ts";
import { DataFolder } from "../runtime/data-folder.ts";

export interface CreateOptions extends ApiOptions {
  readonly name?: string;
  readonly organization?: string;
  readonly organizationName?: string;
  readonly scopes?: Scope[];
  readonly expiresIn?: number;
}

/**
 * `keys create`: a key that is shown once. With a key of its own, in the organization and mode of that; else as the operator of the
 * server on this machine, in any.
 */
export async function createKey(options: CreateOptions): Promise<number> {
  const { name, organization, organizationName, scopes, expiresIn, mode = "test" } = options;
  const request: CreateKeyRequest = { name, scopes, expiresIn };
  const created = options.apiKey
    ? await (await connectTo(options)).keys.create(request)
    : await Operator.of(new DataFolder(options.data)).createKey(mode, { ...request, organization, organizationName });
  print(options, created, [created.key, `This ${created.mode} key is shown once: the server keeps only its hash.`]);
  return exitCodes.done;
}

/** `keys list`: the newest first. The keys themselves are not kept. */
export async function listKeys(options: ApiOptions): Promise<number> {
  const passage = await connectTo(options);
  const keys: Key[] = [];
  for await (const key of passage.keys.list({ limit: 100 })) keys.push(key);
  const rows = keys.map((key) => [
    key.id,
    `…${key.hint}`,
    key.name ?? "-",
    key.scopes.join(","),
    stateOf(key),
    when(key.lastUsedAt),
  ]);
  print(options, { keys }, table(["KEY", "ENDS IN", "NAME", "SCOPES", "STATE", "LAST USED"], rows));
  return exitCodes.done;
}

/** `keys rotate <id>`: its successor; the old one works on for the overlap. */
export async function rotateKey(id: string, options: ApiOptions & { readonly overlap?: number }): Promise<number> {
  const { overlap } = options;
  const created = await (await connectTo(options)).keys.rotate(id, { overlap });
  print(options, created, [created.key, `Shown once. The old key works for another ${overlap ?? 86_400} s.`]);
  return exitCodes.done;
}

/** `keys revoke <id>`: it opens nothing from now on. */
export async function revokeKey(id: string, options: ApiOptions): Promise<number> {
  const key = await (await connectTo(options)).keys.revoke(id);
  print(options, key, `${key.id} is revoked.`);
  return exitCodes.done;
}

function stateOf({ revokedAt, expiresAt }: Key): string {
  if (revokedAt !== null) return "revoked";
  if (expiresAt === null) return "active";
  return expiresAt <= Date.now() ? "expired" : `until ${when(expiresAt)}`;
}
