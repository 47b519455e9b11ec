import { type Browser, createBrowser } from "../browser/browser.ts";
import type { CallOptions } from "../browser/command.ts";
import { SessionWorker } from "../browser/session-worker.ts";
import { usableWebSocket, type WebSocketClass } from "../browser/socket.ts";
import { PassageError } from "../errors.ts";
import type { Call, RequestOptions } from "../http/client-call.ts";
import { type Fetch, requestJson } from "../http/http-request.ts";
import { Pages } from "../http/pages.ts";
import type {
  CreateSessionRequest,
  PageQuery,
  SessionEvents,
  SessionEventsQuery,
  SessionList,
  SessionRecord,
  SessionSummary,
  SessionTrace,
  SessionTraceQuery,
} from "../protocol.generated.ts";
import { Session, type StoredSession } from "./session.ts";

interface Means {
  fetch: Fetch | undefined;
  webSocket: WebSocketClass | undefined;
}

/** `passage.sessions`: a webview on the user's device, driven by your own automation. */
export class Sessions {
  readonly #call: Call;
  readonly #means: Means;

  constructor(call: Call, means: Means) {
    this.#call = call;
    this.#means = means;
  }

  /**
   * Creates a session. Give its `clientToken` and `websocketUrl` to the device, and `connect()` to drive it.
   *
   * @throws {PassageError} `validation_failed` with `issues`, `unauthorized`, `connection_failed`
   */
  async create(request: CreateSessionRequest = {}, options: RequestOptions = {}): Promise<Session> {
    const created = await this.#call("createSession", { ...options, body: request });
    return new Session(created, (session, options) => this.connect({ ...session, ...options }));
  }

  /** @throws {PassageError} `not_found`, `unauthorized`, `connection_failed` */
  async get(sessionId: string): Promise<SessionRecord> {
    return this.#call("getSession", { id: sessionId });
  }

  /** Lists sessions, those of links too, newest first: `await` it for one page, `for await` over it for all of them. */
  list(query: PageQuery = {}): Pages<SessionList, SessionSummary> {
    return new Pages(
      (cursor) => this.#call("listSessions", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ sessions }) => sessions,
    );
  }

  /** What the device saw, oldest first. */
  async events(sessionId: string, query: SessionEventsQuery = {}): Promise<SessionEvents> {
    return this.#call("listSessionEvents", { id: sessionId, query });
  }

  /** What the device was asked, when, and what came of it. */
  async trace(sessionId: string, query: SessionTraceQuery = {}): Promise<SessionTrace> {
    return this.#call("traceSession", { id: sessionId, query });
  }

  /** Ends a session; what was kept of it can still be read. */
  async delete(sessionId: string): Promise<SessionRecord> {
    return this.#call("endSession", { id: sessionId });
  }

  /**
   * Takes up a session from what was kept of it, for example after your process started again. Whoever was connected as its
   * worker loses it.
   *
   * @throws {PassageError} `connection_failed` after 30 seconds, `invalid_token`, `not_found`, `session_terminal`,
   * `session_expired`, `cancelled`
   */
  async connect({ sessionId, workerToken, websocketUrl, signal }: StoredSession & CallOptions): Promise<Browser> {
    const url = workerUrl(websocketUrl);
    // Checked here because a WebSocket would quote in its own error a token that it cannot send.
    if (typeof workerToken !== "string" || !/^[\w.-]+$/.test(workerToken)) {
      throw new PassageError("invalid_argument", "workerToken must be the one that the session was created with");
    }
    const worker = new SessionWorker({
      WebSocket: usableWebSocket(this.#means.webSocket),
      url: url.href,
      token: workerToken,
      whyRefused: () => this.#whyRefused(url, workerToken),
    });
    await worker.connect(signal);
    return createBrowser(worker, sessionId);
  }

  /** The same address, asked without an upgrade, tells what is wrong with the token or the session. */
  async #whyRefused({ href }: URL, workerToken: string): Promise<PassageError | undefined> {
    const headers = { authorization: `Bearer ${workerToken}` };
    try {
      await requestJson({ method: "GET", url: href.replace(/^ws/, "http"), headers }, this.#means.fetch);
    } catch (error) {
      if (error instanceof PassageError && (error.code === "invalid_token" || error.code === "not_found")) return error;
    }
    return undefined;
  }
}

function workerUrl(websocketUrl: string): URL {
  const url = URL.canParse(websocketUrl) ? new URL(websocketUrl) : undefined;
  if (url?.protocol !== "wss:" && url?.protocol !== "ws:") {
    throw new PassageError("invalid_argument", "websocketUrl must be the one that the session was created with");
  }
  url.searchParams.set("role", "worker");
  return url;
}
