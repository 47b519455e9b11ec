import { exitCodes } from "../command.ts";
import { Operator } from "../operator.ts";
import { jsonLines, print, table, when } from "../print.ts";
import { DataFolder } from "../runtime/data-folder.ts";

interface OperatorOptions {
  readonly data?: string;
  readonly json?: boolean;
}

const operatorOf = ({ data }: OperatorOptions) => Operator.of(new DataFolder(data));

/** `organizations list`: all of them, by id. */
export async function listOrganizations(options: OperatorOptions): Promise<number> {
  const organizations = await operatorOf(options).organizations();
  const rows = organizations.map(({ id, name, retentionDays, linkShards, createdAt }) => [
    id,
    name,
    `${retentionDays} days`,
    String(linkShards),
    when(createdAt),
  ]);
  print(options, { organizations }, table(["ORGANIZATION", "NAME", "RETENTION", "LINK SHARDS", "CREATED"], rows));
  return exitCodes.done;
}

/** `organizations get <id>` @throws when there is none of this id */
export async function getOrganization(id: string, options: OperatorOptions): Promise<number> {
  const organization = await operatorOf(options).organization(id);
  print(options, organization, jsonLines(organization));
  return exitCodes.done;
}

/** `organizations rename <id> <name>`: what people read on the claim page from now on. @throws when there is none of this id */
export async function renameOrganization(id: string, name: string, options: OperatorOptions): Promise<number> {
  const operator = operatorOf(options);
  await operator.organization(id);
  const organization = await operator.nameOrganization(id, name);
  print(
    options,
    organization,
    `${organization.id} is called ${organization.name}. People read: ${organization.name} asks to …`,
  );
  return exitCodes.done;
}

/** `organizations set-link-shards <id> <count>`: for a tenant that has outgrown one object. @throws when there is none of this id */
export async function setLinkShards(id: string, count: number, options: OperatorOptions): Promise<number> {
  const operator = operatorOf(options);
  await operator.organization(id);
  const organization = await operator.setLinkShards(id, count);
  print(
    options,
    organization,
    `${organization.id} has ${organization.linkShards} link shards in each mode. New links use them within ten seconds.`,
  );
  return exitCodes.done;
}
