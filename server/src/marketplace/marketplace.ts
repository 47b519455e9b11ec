import type { Provider } from "@passage/automation/operation";
import { NamedSchemas } from "@passage/protocol/named-schemas";
import { scopes } from "@passage/protocol/scopes";
import { linkStates, sessionStates } from "@passage/protocol/states";
import { endpoints } from "./endpoints.ts";
import { errors } from "./errors.ts";
import { describeProvider } from "./providers.ts";
import { webhooks } from "./webhooks.ts";

/**
 * All that an instance offers, as one JSON document: a marketplace of Claude Code, which takes `name`, `owner` and `plugins`
 * and ignores the rest, with the API and the providers in `catalog`, for programs that generate code.
 *
 * @param origin where the instance is reached, without a trailing slash
 */
export function marketplace(origin: string, providers: readonly Provider[]): Record<string, unknown> {
  const schemas = new NamedSchemas("#/catalog/schemas");
  return {
    $schema: "https://code.claude.com/schemas/marketplace.json",
    name: "passage",
    owner: { name: "The Passage authors" },
    plugins: [],
    catalog: {
      version: 1,
      baseUrl: origin,
      authentication: { scheme: "bearer", header: "Authorization", keys: ["psg_test_…", "psg_live_…"], scopes },
      endpoints: endpoints(schemas),
      providers: providers.map(describeProvider),
      webhooks: webhooks(origin),
      errors: errors(origin),
      states: { link: linkStates, session: sessionStates },
      schemas: schemas.all(),
    },
  };
}
