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
  const { CLIENT_ADDRESS_HEADER: header } = environment;
  if (header && !/^[\w!#$%&'*+.^`|~-]+$/.test(header))
    throw new Error(`CLIENT_ADDRESS_HEADER: "${header}" is no name of a header, such as X-Real-IP.`);
  const names = [...rateLimits, "CLIENT_ADDRESS_HEADER", "LOG_REQUESTS"];
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
