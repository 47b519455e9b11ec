import { providers } from "@passage/providers/catalog";
import { marketplace } from "@passage/server/marketplace";
import { writeReference } from "./reference.ts";

/**
 * Writes the repository's own marketplace, `.claude-plugin/marketplace.json`: the document that an instance serves as
 * `/marketplace.json`, for one on this machine; with --check, fails where it has drifted.
 */
const path = ".claude-plugin/marketplace.json";

const text = `${JSON.stringify(marketplace("http://localhost:8787", providers), null, 1)}\n`;
writeReference(path, text, "the tables and the catalog");
