import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A site on a free loopback port. Paths answer 404 until a test gives them a page. */
export class Site {
  readonly requests: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #pages = new Map<string, Answer>();
  readonly #server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    this.requests.push(request.url ?? "/");
    for (const check of [...this.#waiting]) check();
    const answer = this.#pages.get(path);
    if (answer) return answer(request, response);
    response.writeHead(404, { "content-type": "text/html" }).end("<h1 id=missing>Not here</h1>");
  });
  origin = "";

  static async open(): Promise<Site> {
    const site = new Site();
    await new Promise<void>((resolve) => site.#server.listen(0, "127.0.0.1", resolve));
    site.origin = `http://127.0.0.1:${(site.#server.address() as AddressInfo).port}`;
    return site;
  }

  /** Serves HTML under the path and returns its address. */
  page(
    path: string,
    html: string,
    head: { status?: number; headers?: Record<string, string | string[]> } = {},
  ): string {
    return this.answer(path, (_request, response) => {
      const headers = { "content-type": "text/html; charset=utf-8", ...head.headers };
      response.writeHead(head.status ?? 200, headers).end(`<!doctype html>${html}`);
    });
  }

  redirect(path: string, to: string): string {
    return this.answer(path, (_request, response) => response.writeHead(302, { location: to }).end());
  }

  answer(path: string, answer: Answer): string {
    this.#pages.set(path, answer);
    return this.origin + path;
  }

  /** Waits until the path has been asked for. */
  async asked(path: string): Promise<void> {
    if (this.requests.includes(path)) return;
    await new Promise<void>((resolve) => {
      const check = () => {
        if (!this.requests.includes(path)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
