import * as z from "zod";
import { modes } from "../ids.ts";
import { name, operationName, time } from "./fields.ts";
import { linkStatus } from "./link.ts";

export const claimRequest = z.object({ code: name });
/** The answer of `POST /link/claim`. */
export const claimed = z.object({
  linkId: z.string(),
  sessionId: z.string(),
  clientToken: z.string(),
  websocketUrl: z.string(),
  expiresAt: time,
});
export type Claimed = z.infer<typeof claimed>;

export const claimQuery = z.object({ code: name });

/** What `GET /link/details?code=` returns: what a claim page and a device show to whoever holds the code. */
export const linkDetails = z.object({
  linkId: z.string(),
  mode: z.enum(modes),
  requestedBy: z.string(),
  provider: z.object({ id: z.string(), name: z.string(), site: z.string() }),
  operations: z.array(
    operationName.extend({
      description: z.string(),
      details: z
        .array(z.string())
        .describe("What is read and done for it, and where: sentences from the signed manifest."),
    }),
  ),
  manifests: z
    .array(z.string())
    .describe("What the publisher has signed of the operations. The device shows it to the person and asks them."),
  server: z
    .string()
    .describe("The origin at which people reach the server, and with which the session will be: open the link there."),
  sandbox: z.string().nullable().describe("In test mode: whose `*.localhost` twins stand in for the real sites."),
  status: linkStatus,
  cancelledAt: time
    .nullable()
    .describe("When its owner cancelled it: its status is `expired` then. Epoch milliseconds."),
  returnUrl: z.string().nullable(),
  expiresAt: time,
});
export type LinkDetails = z.infer<typeof linkDetails>;
