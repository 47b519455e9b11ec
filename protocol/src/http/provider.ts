import * as z from "zod";

const jsonSchema = z.record(z.string(), z.unknown());
export const providerList = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      resources: z.array(
        z.object({
          name: z.string(),
          operations: z.record(
            z.string(),
            z.object({
              description: z.string(),
              arguments: jsonSchema.nullable(),
              result: jsonSchema.nullable(),
              evidence: z.enum(["live", "documented", "synthetic"]),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type ProviderList = z.infer<typeof providerList>;
