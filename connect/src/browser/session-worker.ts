import { PassageError, sessionError } from "../errors.ts";
import { closeCodes, type ErrorValue, type ServerMessage, type SessionView } from "../protocol.generated.ts";
import { type BrowserEnd, endFromCloseCode, endFromMessage, errorOf, type SessionEnd } from "./ending.ts";
import { Listeners } from "./listeners.ts";
import { ReconnectingSocket } from "./reconnecting-socket.ts";
import { type Asked, Request } from "./request.ts";
import type { WebSocketClass } from "./socket.ts";

/** Longest wait for a device to let go of a cancelled request. */
const letGoMs = 5_000;
/** Until a refused request is sent again, where no message will say that it can be. */
const retryMs = 250;
/**
 * Refusals that end by themselves. Being the only one under way, we hear the last two of what we left behind: a request that
 * was answered and sent again in the same instant.
 */
const passing = ["client_not_connected", "command_pending", "user_in_control"];
const connectTimeoutMs = 30_000;
/** A session tells its true end to whoever connects shortly after its time. */
const afterExpiryMs = 10_000;

/** What a browser tells unasked, and with what. */
export interface BrowserEvents {
  /** A device is there, for the first time or again. */
  clientReady: [];
  /** The device is away. Calls wait for it, each until its timeout. */
  clientDisconnected: [];
  /** The session is over. */
  end: [end: SessionEnd];
  /** This browser can do nothing more though its session may go on: `replaced`, `invalid_token`, `not_found`. */
  lost: [error: PassageError];
}

export interface SessionWorkerOptions {
  WebSocket: WebSocketClass;
  url: string;
  token: string;
  /** Asks over HTTP why a socket was refused, which a WebSocket does not tell. Undefined: for no lasting reason. */
  whyRefused: () => Promise<PassageError | undefined>;
}

/**
 * The worker of a session: one request at a time, in the order of the calls. A request keeps its id over every socket that
 * it is sent on, until it is answered: so neither a lost socket nor a server that starts again loses or doubles it.
 */
export class SessionWorker {
  readonly events = new Listeners<BrowserEvents>();
  readonly #socket: ReconnectingSocket;
  readonly #whyRefused: SessionWorkerOptions["whyRefused"];
  /** In order. The first is under way. */
  readonly #requests: Request[] = [];
  readonly #waiting = new Set<() => void>();
  #session: SessionView | undefined;
  #end: BrowserEnd | undefined;

  constructor({ WebSocket, url, token, whyRefused }: SessionWorkerOptions) {
    this.#whyRefused = whyRefused;
    this.#socket = new ReconnectingSocket(WebSocket, url, token, {
      message: (message) => this.#received(message),
      closed: (code) => this.#closed(code),
      lost: (greeted) => this.#lost(greeted),
    });
  }

  /** Resolves when the session has greeted us and goes on. */
  async connect(signal?: AbortSignal): Promise<void> {
    const timer = setTimeout(() => {
      if (!this.#session)
        this.#finish({ code: "connection_failed", message: "The session did not answer. Is its server running?" });
    }, connectTimeoutMs);
    if (!signal?.aborted) this.#socket.dial();
    try {
      await this.#until(() => this.#session !== undefined && !isEnd(this.#session), "connect", signal);
    } catch (error) {
      this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  waitForClient(signal?: AbortSignal): Promise<void> {
    return this.#until(() => this.#session?.clientConnected === true, "waitForClient", signal);
  }

  /** Resolves with the answer. One that ends the session waits for `server.session_end`; `fail` does not wait its turn. */
  async ask(asked: Asked, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted) throw cancelled(asked.command, signal);
    if (this.#end) throw errorOf(this.#end, asked.command);
    const request = new Request(asked);
    if (asked.command === "fail") this.#requests.unshift(request);
    else this.#requests.push(request);
    const abort = () => this.#abort(request, cancelled(request.command, signal, request.id));
    signal?.addEventListener("abort", abort);
    this.#pump();
    try {
      return await request.answer;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  close(): void {
    this.#finish({ code: "closed", message: "This browser was closed with close()" });
  }

  #received(message: ServerMessage): void {
    switch (message.type) {
      case "server.hello":
        return this.#greeted(message.session);
      case "server.client_ready":
        return this.#clientReady();
      case "server.client_disconnected":
        return this.#clientIs(false);
      case "server.command_result":
        return this.#answered(message.id, message.result, message.error);
      case "server.error":
        return this.#refused(message);
      case "server.session_end":
        return this.#ended({ phase: message.phase as SessionEnd["phase"], error: message.error });
      case "server.replay":
        for (const one of message.messages) this.#received(one as ServerMessage);
    }
  }

  /** A new socket: what the old one carried is sent again, under the same ids. */
  #greeted(session: SessionView): void {
    const wasThere = this.#session?.clientConnected ?? session.clientConnected;
    this.#session = { ...session, clientConnected: wasThere };
    for (const request of this.#requests) {
      if (request.state.at === "cancelled") this.#tellCancel(request);
      else request.queue();
    }
    this.#clientIs(session.clientConnected);
    if (!isEnd(session)) this.#pump();
    this.#check();
  }

  #clientReady(): void {
    this.#retryRefused();
    this.#clientIs(true);
  }

  #clientIs(there: boolean): void {
    if (!this.#session || this.#session.clientConnected === there) return;
    this.#session = { ...this.#session, clientConnected: there };
    this.events.tell(there ? "clientReady" : "clientDisconnected");
    this.#check();
  }

  #answered(id: string, result: unknown, error: ErrorValue | null | undefined): void {
    const request = this.#find(id);
    // A repeat, of a request that was sent again: the server is free now.
    if (!request) return this.#retryRefused();
    if (error) request.reject(sessionError(error, request));
    else request.resolve(result);
    this.#drop(request);
  }

  #refused({ code, message, ref }: Extract<ServerMessage, { type: "server.error" }>): void {
    const request = ref === undefined ? this.#requests.find(({ state }) => state.at === "server") : this.#find(ref);
    if (!request) return;
    const mayPass = request.id !== undefined && passing.includes(code);
    if (mayPass && request.state.at === "server" && request.patience() > 0) {
      // Also where the device is there: the server may call it connected before it takes commands.
      const soon = code !== "client_not_connected" || this.#session?.clientConnected;
      const retry = () => {
        request.queue();
        this.#pump();
      };
      const giveUp = () => this.#drop(request, sessionError({ code, message }, request));
      return soon
        ? request.wait("refused", Math.min(retryMs, request.patience()), retry)
        : request.wait("refused", request.patience(), giveUp);
    }
    this.#drop(request, sessionError({ code, message }, request));
  }

  #ended(end: SessionEnd): void {
    const outcome = end.phase === "complete" ? "complete" : end.phase === "failed" ? "fail" : undefined;
    for (const request of this.#requests)
      if (request.command === outcome && request.mayBeRunning) request.resolve(undefined);
    this.#finish(endFromMessage(end));
    this.events.tell("end", end);
  }

  #closed(code: number): void {
    const end = endFromCloseCode(code);
    if (code === closeCodes.sessionOver) this.#finish(end);
    else this.#loseHold(end);
  }

  #lost(greeted: boolean): void {
    const { expiresAt } = this.#session ?? {};
    if (expiresAt !== undefined && Date.now() > expiresAt + afterExpiryMs)
      return this.#finish({ code: "session_expired", message: "The session's time is over" });
    if (greeted) return;
    void this.#whyRefused().then((error) => {
      if (error && !this.#end) this.#loseHold(error);
    });
  }

  #loseHold(end: BrowserEnd): void {
    this.#finish(end);
    this.events.tell("lost", errorOf(end));
  }

  #finish(end: BrowserEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#socket.close();
    for (const request of this.#requests.splice(0)) {
      request.settle();
      request.reject(errorOf(end, request.command, request.id));
    }
    this.#check();
  }

  #pump(): void {
    if (!this.#socket.isUp) return;
    const [first, second] = this.#requests;
    if (first?.state.at === "queue") this.#send(first);
    // While the person has the page, its status may change.
    const mayGoAside = first?.command === "yieldToUser" && second?.command === "updateStatus";
    if (mayGoAside && second.state.at === "queue") this.#send(second);
  }

  #retryRefused(): void {
    for (const request of this.#requests) if (request.state.at === "refused") request.queue();
    this.#pump();
  }

  #send(request: Request): void {
    request.sent();
    this.#socket.send(request.frame);
  }

  #abort(request: Request, error: PassageError): void {
    if (!this.#requests.includes(request)) return;
    if (request.id === undefined || !request.mayBeRunning) return this.#drop(request, error);
    request.reject(error);
    request.wait("cancelled", letGoMs, () => this.#drop(request));
    this.#tellCancel(request);
  }

  #tellCancel({ id }: Request): void {
    if (this.#socket.isUp) this.#socket.send(JSON.stringify({ type: "worker.cancel", id }));
  }

  #find(id: string): Request | undefined {
    return this.#requests.find((request) => request.id === id);
  }

  /** Takes it off the list, and lets the next one go. */
  #drop(request: Request, error?: PassageError): void {
    this.#requests.splice(this.#requests.indexOf(request), 1);
    request.settle();
    if (error) request.reject(error);
    this.#pump();
  }

  #until(holds: () => boolean, command: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        this.#waiting.delete(check);
        signal?.removeEventListener("abort", check);
        act();
      };
      const check = () => {
        if (signal?.aborted) settle(() => reject(cancelled(command, signal)));
        else if (this.#end) settle(() => reject(errorOf(this.#end as BrowserEnd, command)));
        else if (holds()) settle(resolve);
      };
      this.#waiting.add(check);
      signal?.addEventListener("abort", check);
      check();
    });
  }

  #check(): void {
    for (const check of [...this.#waiting]) check();
  }
}

function isEnd({ phase }: SessionView): boolean {
  return phase === "complete" || phase === "failed" || phase === "expired";
}

function cancelled(command: string, signal: AbortSignal | undefined, id?: string): PassageError {
  return new PassageError("cancelled", `${command} was cancelled by its signal`, {
    command,
    id,
    cause: signal?.reason,
  });
}
