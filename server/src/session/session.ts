import { DurableObject } from "cloudflare:workers";
import type { LinkStep } from "@passage/protocol/events";
import type { Session as SessionResource } from "@passage/protocol/http/session";
import { type ClientMessage, type Role, windowClosedCode } from "@passage/protocol/session";
import type { SessionTrace } from "@passage/protocol/trace";
import type { SessionDoor } from "../doors.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { createDriver } from "./create-driver.ts";
import type { Driver, DriverContext } from "./driver.ts";
import { Ending, jobsAtEnd } from "./ending.ts";
import { describeEnd, describeSession, describeStep, type Hello, helloMessage, peerOf } from "./greeting.ts";
import { type JobChanges, jobChanges } from "./jobs.ts";
import { begin, type Effect, isOver, isPresent, type SessionEvent, transition } from "./machine.ts";
import type { Kept } from "./record.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { Reporter } from "./reporter.ts";
import { type SessionConfig, subjectOf } from "./session-config.ts";
import { type ReadFrame, Sockets } from "./sockets.ts";
import { SessionStore } from "./store.ts";
import type { StoredEvent } from "./telemetry.ts";

/**
 * One session: a device, a driver (our automation or a developer's worker) and what passes between them. It holds nothing in
 * memory that it could not rebuild, and sleeps while a person types.
 */
export class Session extends DurableObject<Env> implements SessionDoor {
  readonly #store: SessionStore;
  readonly #sockets: Sockets;
  readonly #reporter: Reporter;
  readonly #ending: Ending;
  #driver: Driver | null = null;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#store = new SessionStore(context.storage);
    const { record, timeline } = this.#store;
    this.#sockets = new Sockets(context, timeline, () => (record.kept ? subjectOf(record.kept.config) : {}));
    this.#reporter = new Reporter(context, env, this.#store);
    this.#ending = new Ending(record, this.#store.jobs, this.#sockets, this.#reporter);
    const { kept } = record;
    if (kept && !isOver(kept.state)) context.blockConcurrencyWhile(() => this.#wake(kept));
  }

  open(config: SessionConfig): { expiresAt: number } {
    const now = Date.now();
    const expiresAt = now + config.times.sessionDurationMs;
    const { state, effects } = begin(config.attempt !== null, config.times);
    const jobs = this.#store.jobs.changed({ duration: expiresAt, ...jobChanges(effects, now) });
    this.#store.record.create({ config, createdAt: now, expiresAt, state, jobs });
    this.#store.jobs.arm();
    this.#drive(config);
    return { expiresAt };
  }

  describe(): SessionResource | null {
    return this.#store.record.kept && describeSession(this.#store.record.kept);
  }

  step(): LinkStep | null {
    return this.#store.record.kept && describeStep(this.#store.record.kept);
  }

  end(): ReturnType<SessionDoor["end"]> {
    return this.#store.record.kept && describeEnd(this.#store.record.kept);
  }

  trace(): SessionTrace["trace"] {
    return this.#store.timeline.trace();
  }

  events(filter: { after: number; types: readonly string[]; limit: number }): StoredEvent[] {
    return this.#store.telemetry.page(filter);
  }

  async cancel(): Promise<void> {
    this.#apply({ type: "failed", error: { code: "cancelled", message: "The session was ended by its owner." } });
    await this.#ending.settled;
  }

  /** The upgrade of `/sessions/:id/ws`, as `/<role>/<token hash or "owner">`: the door keeps the token itself. */
  override fetch(request: Request): Response {
    const { kept } = this.#store.record;
    if (!kept) return new Response(null, { status: 404 });
    const [role, tokenHash = ""] = new URL(request.url).pathname.slice(1).split("/") as [Role, string];
    const refusal = refuseUpgrade(request, role, tokenHash, kept.config);
    if (refusal !== null) return new Response(null, { status: refusal });
    const upgraded = this.#sockets.accept(role, request.headers.has("sec-websocket-protocol"));
    if (role !== "debug") this.#apply({ type: "connected", party: role });
    return upgraded;
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    this.#sockets.receive(socket, data, (frame) => this.#take(socket, frame));
  }

  #take(socket: WebSocket, frame: ReadFrame): void {
    const { message } = frame;
    const kept = this.#store.record.kept as Kept;
    if (frame.kind === "client" && !isOver(kept.state)) this.#store.record.noteLedger(frame.message);
    if (message.type === "client.hello" || message.type === "worker.hello") return this.#greet(socket, kept, message);
    if (isOver(kept.state)) return this.#ending.tell();
    if (frame.kind === "worker") this.#driver?.fromWorker(socket, frame.message);
    else this.#fromClient(socket, frame.message);
  }

  #fromClient(socket: WebSocket, message: ClientMessage): void {
    if (message.type === "client.command_response") this.#driver?.answered(message);
    else if (message.type === "client.events") {
      this.#store.telemetry.take(message, Date.now());
      this.#sockets.send(socket, { type: "server.ack", clientSeq: message.clientSeq });
      this.#driver?.observed();
    } else if (message.type !== "client.hello") this.#store.telemetry.note(message.type, message.entries, Date.now());
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    const role = this.#sockets.closed(socket);
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
    const windowClosed = code === windowClosedCode;
    if (role !== "debug" && !this.#sockets.of(role)) this.#apply({ type: "disconnected", party: role, windowClosed });
  }

  override webSocketError(socket: WebSocket): void {
    this.webSocketClose(socket, 1006);
  }

  override alarm(): void {
    for (const job of this.#store.jobs.take(Date.now()))
      if (job === "grace" || job === "duration") this.#apply({ type: "due", job });
      else if (job === "report") this.#ending.settle();
      else this.#driver?.deadlinePassed();
  }

  /** A wake-up finds the sockets as they were (after sleep) or none (after a crash). */
  async #wake({ config, state }: Kept): Promise<void> {
    await this.#store.jobs.load();
    log("session.woke", { ...subjectOf(config), phase: state.phase });
    this.#drive(config);
    for (const party of ["client", "worker"] as const) {
      const isOurs = party === "worker" && config.attempt !== null;
      if (!isOurs && isPresent(state, party) && !this.#sockets.of(party)) this.#apply({ type: "disconnected", party });
    }
    if (state.phase === "active") await this.#driver?.start();
  }

  #drive(config: SessionConfig): void {
    const context: DriverContext = {
      env: this.env,
      config,
      sockets: this.#sockets,
      jobs: this.#store.jobs,
      telemetry: this.#store.telemetry,
      state: () => this.#store.record.kept?.state ?? null,
      apply: (event, changes) => this.#apply(event, changes),
    };
    this.#driver = createDriver(context, this.#store);
  }

  #greet(socket: WebSocket, kept: Kept, hello: Hello): void {
    this.#sockets.note(socket, peerOf(hello));
    const { role } = this.#sockets.attachment(socket);
    this.#sockets.send(socket, helloMessage(role, kept, this.#store.telemetry.lastClientSeq(), this.env.SANDBOX_URL));
    if (isOver(kept.state)) this.#ending.tell();
    else if (role === "client") this.#driver?.deviceReady();
    else if (role === "worker") this.#driver?.workerReady();
  }

  #apply(event: SessionEvent, changes: JobChanges = {}): void {
    const { record, jobs } = this.#store;
    const { kept } = record;
    if (!kept || isOver(kept.state)) return;
    const { state, effects } = transition(kept.state, event, kept.config.times);
    const now = Date.now();
    const changed = isOver(state) ? jobsAtEnd(kept.config, now) : { ...changes, ...jobChanges(effects, now) };
    record.write({ state, jobs: jobs.changed(changed) });
    jobs.arm();
    for (const effect of effects) this.#perform(effect, kept.config);
    if (isOver(state)) {
      this.#driver?.stop();
      this.#ending.settle();
    }
  }

  #perform(effect: Effect, { sessionId, organizationTag, attempt }: SessionConfig): void {
    switch (effect.type) {
      case "schedule":
      case "cancel":
        // Written with the state.
        return;
      case "tellWorker":
        return void this.#sockets.tell("worker", { type: effect.message });
      case "windowClosed":
        return this.#driver?.windowClosed();
      case "progress":
        return void (attempt && this.#reporter.progress(organizationTag, sessionId, effect.step));
      case "begin":
        return this.ctx.waitUntil(this.#driver?.start() ?? Promise.resolve());
    }
  }
}
