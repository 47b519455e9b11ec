import { DurableObject } from "cloudflare:workers";
import type { Mode } from "@passage/protocol/ids";
import { closeCodes, type Role } from "@passage/protocol/session";
import type { Env } from "../env.ts";
import { equalSecrets } from "../ids.ts";
import { Automated } from "./automated.ts";
import type { Driver } from "./driver.ts";
import { readFrame } from "./frames.ts";
import { endMessage, helloMessage } from "./greeting.ts";
import { Jobs } from "./jobs.ts";
import { Journal } from "./journal.ts";
import { type Effect, isOver, isPresent, type OverState, type SessionEvent, transition } from "./machine.ts";
import type { Opening } from "./opening.ts";
import { siteUrlFor } from "./program.ts";
import { type Kept, SessionRecord } from "./record.ts";
import { Relay } from "./relay.ts";
import { Reporter } from "./reporter.ts";
import { Sockets } from "./sockets.ts";
import { Telemetry } from "./telemetry.ts";

/**
 * One session: a device, a driver (our automation or a developer's worker) and what passes between them. It holds nothing in
 * memory that it could not rebuild: it sleeps while a person types, and goes on from its journal.
 */
export class Session extends DurableObject<Env> {
  readonly #record: SessionRecord;
  readonly #jobs: Jobs;
  readonly #journal: Journal;
  readonly #telemetry: Telemetry;
  readonly #sockets: Sockets;
  readonly #reporter: Reporter;
  readonly #siteUrl: (mode: Mode) => (liveUrl: string) => string;
  #driver: Driver | null = null;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    const { storage } = context;
    this.#record = new SessionRecord(storage.sql);
    this.#jobs = new Jobs(storage);
    this.#journal = new Journal(storage.sql);
    this.#telemetry = new Telemetry(storage.sql);
    this.#sockets = new Sockets(context);
    this.#reporter = new Reporter(context, env, this.#jobs, this.#journal);
    const kept = this.#record.read();
    this.#siteUrl = siteUrlFor(env.SANDBOX_URL);
    if (kept && !isOver(kept.state)) context.blockConcurrencyWhile(() => this.#wake(kept));
  }

  /** Makes the session; once. Our own automation is a worker that is there from the start. */
  open(opening: Opening): { expiresAt: number } {
    const expiresAt = Date.now() + opening.times.sessionDurationMs;
    this.#record.create(opening, expiresAt);
    this.#seat(opening);
    this.#jobs.schedule("duration", expiresAt);
    if (opening.attempt) this.#apply({ type: "connected", party: "worker" });
    return { expiresAt };
  }

  /**
   * The upgrade of `/sessions/:id/ws`, as `/<role>/<token hash>`: the door keeps the token itself. `owner` in the hash's place
   * is a debug viewer that the door let in by the organization's API key.
   */
  override fetch(request: Request): Response {
    const kept = this.#record.read();
    if (!kept) return new Response(null, { status: 404 });
    const [role, tokenHash = ""] = new URL(request.url).pathname.slice(1).split("/") as [Role, string];
    if (!mayConnect(role, tokenHash, kept.opening)) return new Response(null, { status: 401 });
    const upgraded = this.#sockets.accept(role, request.headers.has("sec-websocket-protocol"));
    if (role !== "debug") this.#apply({ type: "connected", party: role });
    return upgraded;
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    const { role, greeted } = this.#sockets.attachment(socket);
    const frame = readFrame(role, data);
    if (frame.kind === "malformed") return socket.close(closeCodes.malformed.code, closeCodes.malformed.reason);
    if (frame.kind === "refused") {
      const { code, message, ref } = frame;
      return this.#sockets.send(socket, { type: "server.error", code, message, ...(ref !== undefined && { ref }) });
    }
    const { message } = frame;
    this.#sockets.mirror(frame.kind === "client" ? "client_to_server" : "worker_to_server", message);
    const kept = this.#record.read();
    if (!kept) return;
    if (message.type === "client.hello" || message.type === "worker.hello") return this.#greet(socket, kept);
    if (!greeted) this.#sockets.note(socket, { greeted: true });
    if (isOver(kept.state)) return this.#close(kept.state, kept.opening);
    if (message.type === "client.events") {
      this.#telemetry.take(message, Date.now());
      this.#sockets.send(socket, { type: "server.ack", clientSeq: message.clientSeq });
    } else if (message.type === "client.command_response") this.#driver?.answered(message);
    else this.#driver?.fromWorker(socket, message);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    const { role } = this.#sockets.attachment(socket);
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
    if (role !== "debug" && !this.#sockets.of(role)) this.#apply({ type: "disconnected", party: role });
  }

  override webSocketError(socket: WebSocket): void {
    this.webSocketClose(socket, 1006);
  }

  override alarm(): void {
    for (const job of this.#jobs.take(Date.now())) {
      if (job === "grace" || job === "duration") this.#apply({ type: "due", job });
      else if (job === "report") this.#report();
      else this.#driver?.deadlinePassed();
    }
  }

  /** A wake-up finds the sockets as they were (after sleep) or none (after a crash). */
  async #wake({ opening, state }: Kept): Promise<void> {
    this.#seat(opening);
    for (const party of ["client", "worker"] as const) {
      const isOurs = party === "worker" && opening.attempt !== null;
      if (!isOurs && isPresent(state, party) && !this.#sockets.of(party)) this.#apply({ type: "disconnected", party });
    }
    if (state.phase === "active") await this.#driver?.start();
  }

  #seat(opening: Opening): void {
    const seat = {
      opening,
      sockets: this.#sockets,
      jobs: this.#jobs,
      isActive: () => this.#record.read()?.state.phase === "active",
      apply: (event: SessionEvent) => this.#apply(event),
    };
    const siteUrl = this.#siteUrl(opening.mode);
    this.#driver = opening.attempt ? new Automated(seat, opening.attempt, this.#journal, siteUrl) : new Relay(seat);
  }

  #greet(socket: WebSocket, kept: Kept): void {
    this.#sockets.note(socket, { greeted: true });
    const { role } = this.#sockets.attachment(socket);
    const siteUrl = this.#siteUrl(kept.opening.mode);
    this.#sockets.send(socket, helloMessage(role, kept, this.#telemetry.lastClientSeq(), siteUrl));
    if (isOver(kept.state)) this.#close(kept.state, kept.opening);
    else if (role === "client") this.#driver?.deviceReady();
  }

  #apply(event: SessionEvent): void {
    const kept = this.#record.read();
    if (!kept) return;
    const { state, effects } = transition(kept.state, event, kept.opening.times);
    if (state !== kept.state) this.#record.writeState(state);
    for (const effect of effects) this.#perform(effect, kept.opening);
    if (isOver(state) && state !== kept.state) {
      this.#driver?.stop();
      this.#jobs.cancel("command", "grace", "duration");
      this.#close(state, kept.opening);
      this.#report();
    }
  }

  #perform(effect: Effect, { sessionId, organizationTag, attempt }: Opening): void {
    switch (effect.type) {
      case "schedule":
        return this.#jobs.schedule(effect.job, Date.now() + effect.afterMs);
      case "cancel":
        return this.#jobs.cancel(effect.job);
      case "tellWorker":
        this.#sockets.tell("worker", { type: effect.message });
        return;
      case "progress":
        if (attempt) this.#reporter.progress(organizationTag, sessionId, effect.step);
        return;
      case "begin":
        return this.ctx.waitUntil(this.#driver?.start() ?? Promise.resolve());
    }
  }

  #close(state: OverState, opening: Opening): void {
    this.#sockets.endAll(endMessage(state, opening));
  }

  #report(): void {
    const kept = this.#record.read();
    if (kept?.opening.attempt && isOver(kept.state)) this.#reporter.report(kept.opening, kept.state);
  }
}

function mayConnect(role: Role, tokenHash: string, opening: Opening): boolean {
  if (role === "debug" && tokenHash === "owner") return true;
  // A link's automation is its worker: no other one may take its place.
  if (role === "worker" && opening.attempt) return false;
  return equalSecrets(tokenHash, role === "client" ? opening.clientTokenHash : opening.workerTokenHash);
}
