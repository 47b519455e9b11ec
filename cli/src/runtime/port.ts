import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Above the ports that browsers refuse to open, and below those that systems give to outgoing connections: what is started
 * again on its port finds it free.
 */
const [lowest, highest] = [11_000, 32_767];
const mostTries = 50;

/** A port that nothing listens on at this moment. */
export async function freePort(host = "127.0.0.1"): Promise<number> {
  for (let tries = 0; tries < mostTries; tries++) {
    const port = randomInt(lowest, highest + 1);
    if (await isFree(port, host)) return port;
  }
  throw new Error(
    `${mostTries} ports between ${lowest} and ${highest} were tried, and none is free. Name one: --port 8787`,
  );
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer().listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
    throw error;
  }
  server.close();
  await once(server, "close");
  return true;
}
