import type { Readable, Writable } from "node:stream";
import type { ProtocolMapping } from "devtools-protocol/types/protocol-mapping.d.ts";

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;

/** An error that Chromium answered to a command, or the end of the pipe. */
export class CdpError extends Error {
  override readonly name = "CdpError";
}

/** The DevTools protocol over a pair of pipes: JSON messages that end with NUL. */
export class CdpPipe {
  readonly browser: CdpSession;
  readonly #input: Writable;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #pending = new Map<
    number,
    { resolve(result: unknown): void; reject(error: Error): void; sessionId: string }
  >();
  readonly #onEnd: () => void;
  #lastId = 0;
  #ended = false;
  #rest: Buffer[] = [];

  constructor(input: Writable, output: Readable, onEnd: () => void) {
    this.#input = input;
    this.#onEnd = onEnd;
    this.browser = this.session("");
    output.on("data", (chunk: Buffer) => this.#read(chunk));
    output.on("close", () => this.#end());
    output.on("error", () => this.#end());
    input.on("error", () => this.#end());
  }

  session(sessionId: string): CdpSession {
    const session = new CdpSession((method, params) => this.#send(sessionId, method, params));
    this.#sessions.set(sessionId, session);
    return session;
  }

  #send(sessionId: string, method: string, params: unknown): Promise<unknown> {
    if (this.#ended) return Promise.reject(new CdpError("The browser is gone"));
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(id, { resolve, reject, sessionId });
    this.#input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    return promise;
  }

  #read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...this.#rest, chunk.subarray(from, end)]).toString("utf8");
      this.#rest = [];
      from = end + 1;
      this.#dispatch(JSON.parse(text));
    }
    if (from < chunk.length) this.#rest.push(chunk.subarray(from));
  }

  #dispatch(message: {
    id?: number;
    method?: keyof Events;
    params?: unknown;
    result?: unknown;
    error?: { message: string };
    sessionId?: string;
  }): void {
    if (message.id !== undefined) {
      const waiting = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error) waiting?.reject(new CdpError(message.error.message));
      else waiting?.resolve(message.result);
      return;
    }
    if (message.method === "Target.detachedFromTarget") {
      const { sessionId } = message.params as { sessionId: string };
      this.#sessions.delete(sessionId);
      this.#fail(sessionId);
    }
    if (message.method) this.#sessions.get(message.sessionId ?? "")?.receive(message.method, message.params);
  }

  /** Chromium does not answer what a detached session had asked. */
  #fail(sessionId: string | null): void {
    for (const [id, waiting] of this.#pending) {
      if (sessionId !== null && waiting.sessionId !== sessionId) continue;
      this.#pending.delete(id);
      waiting.reject(new CdpError("The page is gone"));
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#fail(null);
    this.#onEnd();
  }
}

export class CdpSession {
  readonly #send: (method: string, params: unknown) => Promise<unknown>;
  readonly #listeners = new Map<keyof Events, ((params: never) => void)[]>();

  constructor(send: (method: string, params: unknown) => Promise<unknown>) {
    this.#send = send;
  }

  send<Method extends keyof Commands>(
    method: Method,
    ...[params]: Commands[Method]["paramsType"]
  ): Promise<Commands[Method]["returnType"]> {
    return this.#send(method, params ?? {}) as Promise<Commands[Method]["returnType"]>;
  }

  on<Name extends keyof Events>(name: Name, listener: (params: Events[Name][0]) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  receive(name: keyof Events, params: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(params as never);
  }
}
