import type { Browser } from "./browser.ts";
import type { CallOptions } from "./commands.ts";

/** The body of `POST /v1/sessions`. */
export interface CreateSessionRequest {
  /** Your own notes about the session. */
  metadata?: Record<string, unknown> | undefined;
  config?:
    | {
        /** How long the device may be away before the session expires, in ms. Default 120,000, longest 3,600,000. */
        disconnectGracePeriodMs?: number | undefined;
        /** How long a command may take, in ms, unless it says otherwise. Default 30,000, longest 600,000. */
        commandTimeoutMs?: number | undefined;
        /** How long the session may last, in ms. Default 900,000 (15 minutes), longest 3,600,000. */
        sessionDurationMs?: number | undefined;
        /** What the device is asked to capture for finding faults. It may answer less: never what is private. */
        capture?:
          | {
              /** The page's HTML after each command, `delayMs` later. */
              snapshots?: { enabled: boolean; delayMs?: number | undefined } | undefined;
              screenshots?: { enabled: boolean; intervalMs?: number | undefined } | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** The answer of `POST /v1/sessions`. */
export interface CreatedSession {
  sessionId: string;
  /** A secret, for the device. */
  clientToken: string;
  /** A secret, for the worker. */
  workerToken: string;
  /** For both. */
  websocketUrl: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** What to keep of a session in order to take it up again in another process. More may be there. */
export type StoredSession = Pick<CreatedSession, "sessionId" | "workerToken" | "websocketUrl">;

/** A session that was just created. Its tokens can be read, but show up in no log: neither inspection nor JSON has them. */
export class Session {
  readonly #created: CreatedSession;
  readonly #connect: (session: StoredSession, options?: CallOptions) => Promise<Browser>;

  constructor(created: CreatedSession, connect: (session: StoredSession, options?: CallOptions) => Promise<Browser>) {
    this.#created = created;
    this.#connect = connect;
  }

  get sessionId(): string {
    return this.#created.sessionId;
  }

  /** A secret: give it, with `websocketUrl`, to the device that is to be driven. */
  get clientToken(): string {
    return this.#created.clientToken;
  }

  /** A secret: keep it, with `sessionId` and `websocketUrl`, where `passage.sessions.connect` finds it after a restart. */
  get workerToken(): string {
    return this.#created.workerToken;
  }

  get websocketUrl(): string {
    return this.#created.websocketUrl;
  }

  /** Epoch milliseconds. */
  get expiresAt(): number {
    return this.#created.expiresAt;
  }

  /**
   * Connects as the session's worker. The device may come later: calls wait for it.
   *
   * @throws {PassageError} `connection_failed` after 30 seconds, `invalid_token`, `not_found`, `session_terminal`,
   * `session_expired`, `cancelled`
   */
  connect(options?: CallOptions): Promise<Browser> {
    return this.#connect(this.#created, options);
  }

  /** Without the tokens. */
  toJSON(): Pick<CreatedSession, "sessionId" | "websocketUrl" | "expiresAt"> {
    const { sessionId, websocketUrl, expiresAt } = this.#created;
    return { sessionId, websocketUrl, expiresAt };
  }

  /** What Node's `console.log` shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): unknown {
    return { Session: this.toJSON() };
  }
}
