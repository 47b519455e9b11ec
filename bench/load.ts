import { Agent, request } from "node:http";

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Sends `count` calls over `lanes` kept-alive connections, each lane one at a time. Returns calls per second. */
export async function callsPerSecond(next: (index: number) => Call, count: number, lanes = 16): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  let index = 0;
  const lane = async () => {
    while (index < count) await send(next(index++), agent);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return count / seconds;
}

function send({ method, url, headers, body }: Call, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { method, agent, headers: { "content-type": "application/json", ...headers } }, (response) => {
      if ((response.statusCode ?? 500) >= 400) reject(new Error(`${method} ${url} answered ${response.statusCode}`));
      response.resume().on("end", resolve);
    })
      .on("error", reject)
      .end(body);
  });
}

/** Runs the contenders in turn, A B A B …, so that a machine whose speed drifts is the same for all. */
export async function inTurn(rounds: number, contenders: Record<string, () => Promise<number>>) {
  const results = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, run] of Object.entries(contenders)) {
      const value = await run();
      // The first round warms up.
      if (round > 0) results.get(name)?.push(value);
    }
  return Object.fromEntries([...results].map(([name, values]) => [name, median(values)]));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
