import type { Browser } from "../browser/browser.ts";
import type { CallOptions } from "../browser/command.ts";
import type { CreatedSession } from "../protocol.generated.ts";

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
