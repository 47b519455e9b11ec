import * as z from "zod";
import { name } from "./fields.ts";

export const webhookKeyRequest = z.object({ key_id: name });
export const webhookKey = z.object({ key_id: z.string(), key: z.string(), algorithm: z.literal("ES256") });
export type WebhookKey = z.infer<typeof webhookKey>;
