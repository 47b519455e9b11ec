import { once } from "node:events";
import { Operator } from "./operator.ts";
import { DataFolder } from "./runtime/data-folder.ts";
import { startServer } from "./runtime/server-process.ts";
import { interrupted } from "./signals.ts";

export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly data?: string;
  readonly production?: boolean;
  readonly publicUrl?: string;
}

/** Runs the server until it is told to stop. Answers the exit status. */
export async function start(options: StartOptions): Promise<number> {
  const data = new DataFolder(options.data);
  const stopAsked = interrupted();
  const server = await startServer({
    data,
    port: options.port,
    host: options.host,
    production: options.production ?? false,
    publicUrl: options.publicUrl ?? null,
    onLine: (line) => console.log(line),
  });
  await printWelcome(server.url, data, options.production ?? false);
  const ended = await Promise.race([stopAsked.then(() => null), server.ended]);
  if (ended === null) {
    const stopped = server.stop();
    console.log("Stopping. Requests under way are answered; devices come back to the next start.");
    await stopped;
    return 0;
  }
  console.error(`The server has stopped: ${ended}`);
  return 1;
}

async function printWelcome(url: string, data: DataFolder, production: boolean): Promise<void> {
  const operator = new Operator(url, data.operatorToken);
  const lines = [`Passage is running at ${url}`];
  if (!production) {
    const port = new URL(url).port;
    lines.push(`Sandbox sites: http://sandbox.localhost:${port}`);
    const isFirstStart = (await operator.countKeys()).test === 0;
    if (isFirstStart) lines.push(`Test key (shown once): ${(await operator.createKey("test")).key}`);
    else lines.push("Another test key: npx passage keys create");
  }
  if (!process.stdout.write(`${lines.join("\n")}\n`)) await once(process.stdout, "drain");
}
