import { link } from "../http/link.ts";
import { completeLinkRequest } from "../http/sandbox.ts";
import type { Route } from "./route.ts";

export const sandboxRoutes = {
  completeLink: {
    method: "POST",
    path: "/v1/sandbox/links/:id/complete",
    access: "links:write",
    summary: "End a pending test link without a device, with the event and webhook of a real end.",
    id: "link",
    body: completeLinkRequest,
    examples: {
      "As the operations' samples": {},
      "The person gave up": { outcome: "failed", reason: "user_gave_up" },
    },
    answer: link,
    errors: ["test_mode_only", "link_not_pending"],
  },
} as const satisfies Record<string, Route>;
