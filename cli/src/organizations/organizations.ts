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
  const rows = organizations.map(({ id, name, retentionDays, createdAt }) => [
    id,
    name,
    `${retentionDays} days`,
    when(createdAt),
  ]);
  print(options, { organizations }, table(["ORGANIZATION", "NAME", "RETENTION", "CREATED"], rows));
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
