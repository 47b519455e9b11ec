import type { Tool } from "../tool.ts";
import { docTools } from "./docs.ts";
import { eventTools } from "./events.ts";
import { linkTools } from "./links.ts";
import { providerTools } from "./providers.ts";
import { sessionPartTools } from "./session-parts.ts";
import { sessionTools } from "./sessions.ts";

/** All tools, in the order in which clients see them. */
export const tools: readonly Tool[] = [
  ...providerTools,
  ...linkTools,
  ...sessionTools,
  ...sessionPartTools,
  ...eventTools,
  ...docTools,
];
