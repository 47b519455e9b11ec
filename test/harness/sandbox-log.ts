import { request } from "node:http";

export interface LoggedRequest {
  readonly seq: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly call: string | null;
  readonly status: number | null;
}

/** The sandbox's own list of what its sites were asked. Node does not resolve `*.localhost` everywhere, so Host is set. */
export function readSandboxLog(port: number): Promise<LoggedRequest[]> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/log", headers: { host: `sandbox.localhost:${port}` } };
    request(options, async (response) => {
      let body = "";
      for await (const chunk of response.setEncoding("utf8")) body += chunk;
      resolve(JSON.parse(body).requests);
    })
      .on("error", reject)
      .end();
  });
}

/** How often each address and call was asked. */
export function countRequests(log: readonly LoggedRequest[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, host, path, call } of log) {
    const name = `${method} ${host.replace(/:\d+$/, "")}${path}${call ? ` (${call})` : ""}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
