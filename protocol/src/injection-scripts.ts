import * as z from "zod";

/** The scripts that a server may ask a device to run, by name. A device runs its own copies and no text that was sent to it. */
export const injectionScriptNames = ["telemetry", "network", "console", "interaction"] as const;

const name = z.enum(injectionScriptNames);
/** A name, alone or with a version. A field more could be code, and is none of these. */
export const injectionScript = z.union([
  name,
  z.strictObject({ name, version: z.union([z.string().max(64), z.number()]).optional() }),
]);
