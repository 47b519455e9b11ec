import { routes } from "@passage/protocol/routes/table";
import * as z from "zod";
import { problem } from "../../http/problem.ts";
import { callRoute } from "../../http/serve.ts";
import { list, markdown, present, time } from "../text.ts";
import { defineTool } from "../tool.ts";

type Provider = z.input<(typeof routes)["listProviders"]["answer"]>["providers"][number];

const listProviders = defineTool({
  name: "list_providers",
  title: "List providers",
  description:
    "Lists what links may name: providers and their operations. With provider_id: that one, with the JSON Schemas of arguments and results.",
  input: z.strictObject({
    query: z.string().max(200).optional().describe("Words of a name, resource or description"),
    provider_id: z.string().max(200).optional(),
  }),
  routes: [routes.listProviders],
  run: async (c, { query, provider_id: id }) => {
    const { providers } = await callRoute(c, routes.listProviders);
    if (id !== undefined) {
      const found = providers.find((one) => one.id === id);
      if (!found) throw problem("not_found", "There is no such provider. list_providers without provider_id has all.");
      return describeProvider(found);
    }
    const words = (query ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const found = providers.filter((one) => words.every((word) => textOf(one).includes(word)));
    return {
      text: markdown({
        title: "Providers",
        sections: [
          ...found.map((one) => `**${one.name}** (\`${one.id}\`)\n${list(operationsOf(one).map(operationLine), "")}`),
          found.length === 0 ? `None of ${providers.length} fits. Call it without query for all.` : null,
        ],
        next: [
          found.length > 0 ? "list_providers with provider_id shows the schemas; create_link takes the names." : null,
        ],
      }),
      structured: {
        providers: found.map((one) => ({
          id: one.id,
          name: one.name,
          operations: operationsOf(one).map(({ name, evidence }) => ({ name, evidence })),
        })),
      },
    };
  },
});

const getProviderHealth = defineTool({
  name: "get_provider_health",
  title: "Read a provider's health",
  description:
    "Reads how each operation of a provider has fared for this key's organization: successes, failures by cause, times.",
  input: z.strictObject({ provider_id: z.string().max(200) }),
  routes: [routes.getProviderHealth],
  run: async (c, { provider_id: id }) => {
    const health = await callRoute(c, routes.getProviderHealth, { id });
    const lines = health.operations.map((one) => {
      const causes = [
        ["user gave up", one.userGaveUp],
        ["site changed", one.siteChanged],
        ["schema drift", one.schemaDrift],
        ["other failures", one.otherFailures],
      ] as const;
      const failures = causes.filter(([, count]) => count > 0).map(([cause, count]) => `${cause} ${count}`);
      const parts = [
        one.runs === 0 ? "never run" : `${one.success} of ${one.runs} succeeded`,
        ...failures,
        ...(one.latency ? [`median ${one.latency.medianMs} ms`] : []),
        ...(one.lastRunAt === null ? [] : [`last ${time(one.lastRunAt)}`]),
      ];
      return `**${one.resource}:${one.action}** version ${one.version}: ${parts.join(", ")}`;
    });
    const isBroken = health.operations.some(({ siteChanged, schemaDrift }) => siteChanged + schemaDrift > 0);
    return {
      text: markdown({
        title: `Health of ${id}`,
        facts: [["Current version", health.version]],
        sections: [list(lines, "It has no operations.")],
        next: [
          isBroken ? "The site is not as the provider knows it: a newer version of the provider is needed." : null,
          `list_links with provider ${id} and status failed shows what failed.`,
        ],
      }),
      structured: { ...health, operations: health.operations.map(present) },
    };
  },
});

export const providerTools = [listProviders, getProviderHealth];

function describeProvider(provider: Provider) {
  const sections = operationsOf(provider).map(({ name, description, arguments: given, result, evidence }) =>
    [
      `## ${name}`,
      `${description}. Evidence: ${evidence}.`,
      given ? `Arguments:\n\`\`\`json\n${schemaText(given)}\n\`\`\`` : "It takes no arguments.",
      result ? `Result:\n\`\`\`json\n${schemaText(result)}\n\`\`\`` : "",
    ]
      .filter(Boolean)
      .join("\n\n"),
  );
  return {
    text: markdown({
      title: `${provider.name} (${provider.id})`,
      sections,
      next: [`create_link with integrationId ${provider.id} and operations [{ resource, action, arguments }].`],
    }),
    structured: { provider: { id: provider.id, name: provider.name, operations: operationsOf(provider).map(present) } },
  };
}

function schemaText({ $schema: _dialect, ...schema }: Record<string, unknown>): string {
  return JSON.stringify(schema);
}

function operationsOf({ resources }: Provider) {
  return resources.flatMap(({ name: resource, operations }) =>
    Object.entries(operations).map(([action, operation]) => ({ name: `${resource}:${action}`, ...operation })),
  );
}

function operationLine({ name, description, arguments: given, evidence }: ReturnType<typeof operationsOf>[number]) {
  const names = Object.keys((given?.properties ?? {}) as object);
  return `\`${name}\` ${description}.${names.length > 0 ? ` Takes ${names.join(", ")}.` : ""} Evidence: ${evidence}.`;
}

function textOf(provider: Provider): string {
  const operations = operationsOf(provider).map(({ name, description }) => `${name} ${description}`);
  return [provider.id, provider.name, ...operations].join(" ").toLowerCase();
}
