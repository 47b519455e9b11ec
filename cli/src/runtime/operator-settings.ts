import { linkShardsAtMost } from "@passage/protocol/http/organization";
import { readPolicy } from "@passage/protocol/rate-policy";

const rateLimits = ["RATE_LIMIT_KEY", "RATE_LIMIT_ADDRESS"] as const;

/**
 * What an operator sets in the environment of `passage start`, for the server to read as it is.
 *
 * @throws for what the server could not read: it would answer every request with a fault of its own
 */
export function operatorSettings(environment = process.env): Record<string, string> {
  for (const name of rateLimits) {
    const text = environment[name];
    if (!text) continue;
    try {
      readPolicy(text);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  }
  const { LINK_SHARDS: shards } = environment;
  if (shards && !(/^\d{1,2}$/.test(shards) && Number(shards) >= 1 && Number(shards) <= linkShardsAtMost))
    throw new Error(`LINK_SHARDS: "${shards}" is not a number from 1 to ${linkShardsAtMost}.`);
  const { CLIENT_ADDRESS_HEADER: header } = environment;
  if (header && !/^[\w!#$%&'*+.^`|~-]+$/.test(header))
    throw new Error(`CLIENT_ADDRESS_HEADER: "${header}" is no name of a header, such as X-Real-IP.`);
  const names = [...rateLimits, "LINK_SHARDS", "CLIENT_ADDRESS_HEADER", "LOG_REQUESTS"];
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
