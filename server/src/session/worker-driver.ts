import type { Recorded } from "@passage/automation/journal";
import { Timer } from "@passage/automation/timer";
import { errorFrom, messageFor } from "@passage/automation/wire";
import { isCommandName } from "@passage/protocol/commands";
import type { ErrorCode } from "@passage/protocol/errors";
import { maxResultBytes } from "@passage/protocol/http/fields";
import type { CommandResponse, ServerMessage, WorkerMessage } from "@passage/protocol/session";
import { log } from "../log.ts";
import type { Driver, DriverContext } from "./driver.ts";
import { hasClosedWindow } from "./machine.ts";
import {
  addressIn,
  answerOfClosedWindow,
  isReopened,
  type LastAsked,
  notePage,
  readyNewBrowser,
} from "./new-browser.ts";
import { deadlineMs, isExpiredYield, observedAnswer, timedOut, yieldExpired } from "./requests.ts";
import { subjectOf } from "./session-config.ts";
import type { Waiting, WorkerDriverStore } from "./worker-driver-store.ts";

type CommandResult = Extract<ServerMessage, { type: "server.command_result" }>;

/**
 * A developer's worker at the wheel. One request is under way at a time. A command whose device is there is passed on from
 * memory, without a commit: after a crash the worker sends it again, and the device recognises its id.
 */
export class WorkerDriver implements Driver {
  readonly #context: DriverContext;
  readonly #store: WorkerDriverStore;
  #waiting: Waiting | null;
  /** Whether what waits is written down, with its deadline a job; a command that the device has is not, and has a timer. */
  #isStored: boolean;
  readonly #deadline = new Timer(() => this.deadlinePassed());
  /** The socket that asked for what is waiting. After a sleep its attachment tells. */
  #asker: WebSocket | null = null;
  /** The answer that the worker got last, for a worker that asks again because its own socket swallowed it. */
  #last: CommandResult | null = null;
  /** A status update that the worker sends while the person has the page; it does not take the turn. */
  #aside: string | null = null;

  constructor(context: DriverContext, store: WorkerDriverStore) {
    this.#context = context;
    this.#store = store;
    this.#waiting = store.waiting;
    this.#isStored = this.#waiting !== null;
  }

  async start(): Promise<void> {}

  deviceReady(): void {
    if (this.#waiting) this.#sendWaiting(this.#waiting);
    this.observed();
  }

  windowClosed(): void {
    if (this.#waiting) this.#settle(answerOfClosedWindow(this.#waiting.issued));
  }

  workerReady(): void {
    if (this.#context.sockets.of("client")) this.#context.sockets.tell("worker", { type: "server.client_ready" });
    const messages = this.#store.release();
    if (messages.length > 0) this.#context.sockets.tell("worker", { type: "server.replay", messages });
  }

  fromWorker(socket: WebSocket, message: WorkerMessage): void {
    switch (message.type) {
      case "worker.hello":
        return;
      case "worker.command": {
        const { id, command, params = {} } = message;
        if (command !== "batch" && !isCommandName(command))
          return this.#refuse(socket, "unsupported_command", `There is no command ${command.slice(0, 64)}.`, id);
        return this.#pass(socket, { id, issued: { command, params } });
      }
      case "worker.yield_to_user": {
        const { type: _, id = crypto.randomUUID(), ...request } = message;
        return this.#pass(socket, { id, issued: { yield: request } });
      }
      case "worker.cancel":
        // The device may know of one that a crash made us forget.
        if (
          !this.#context.sockets.tell("client", { type: "server.cancel", id: message.id }) &&
          this.#waiting?.id === message.id
        )
          this.#settle({ error: { code: "cancelled", message: "The request was cancelled before a device had it." } });
        return;
      case "worker.complete":
        if (this.#context.state()?.phase !== "active")
          return this.#refuse(socket, "client_not_connected", "A session completes once a device has been connected.");
        return this.#complete(socket, JSON.stringify(message.result ?? null));
      case "worker.fail": {
        const { message: text = "The worker failed the session." } = message.error ?? {};
        const details = message.error && { details: { workerCode: message.error.code } };
        return this.#context.apply({ type: "failed", error: { code: "AUTOMATION_ERROR", message: text, ...details } });
      }
    }
  }

  answered(response: CommandResponse): void {
    const { id, error, result } = response;
    const answer: Recorded = error ? { error: errorFrom(error) } : { result };
    if (id === this.#waiting?.id) {
      if (isExpiredYield(this.#waiting.issued, answer)) return this.#context.apply(yieldExpired);
      this.#settle(answer);
    } else if (id === this.#aside) {
      this.#aside = null;
      this.#deliver(id, answer);
    } else if (!isReopened(response)) log("answer.stale", { ...subjectOf(this.#context.config), id });
  }

  observed(): void {
    const answer = this.#waiting && observedAnswer(this.#waiting.issued, this.#context);
    if (answer) this.#settle(answer);
  }

  deadlinePassed(): void {
    if (!this.#waiting) return;
    const { id, issued } = this.#waiting;
    this.#context.sockets.tell("client", { type: "server.cancel", id });
    const answer = timedOut(issued);
    if (isExpiredYield(issued, answer)) this.#context.apply(yieldExpired);
    else this.#settle(answer);
  }

  stop(): void {
    this.#store.forgetAddress();
    this.#clearDeadline();
    this.#deadline.stop();
  }

  #pass(socket: WebSocket, request: Waiting): void {
    const { id, issued } = request;
    // Sent again by a worker that lost its socket: the device has it, or gets it again under the same id.
    if (this.#waiting?.id === id) {
      this.#asker = socket;
      if (this.#isStored) this.#context.sockets.note(socket, { sent: id });
      this.#send(request);
      return;
    }
    if (this.#last?.id === id) return this.#context.sockets.send(socket, this.#last);
    if (this.#waiting && !this.#askedBy(socket, this.#waiting.id)) this.#abandon();
    if (this.#waiting && "yield" in this.#waiting.issued && "command" in issued) {
      if (issued.command !== "updateStatus")
        return this.#refuse(
          socket,
          "user_in_control",
          "The person has the page. Cancel the yield, or wait for it.",
          id,
        );
      if (!this.#send(request)) return this.#refuse(socket, "client_not_connected", "The device is away.", id);
      this.#aside = id;
      return;
    }
    if (this.#waiting)
      return this.#refuse(socket, "command_pending", "Wait for the answer to the last request, or cancel it.", id);
    const state = this.#context.state();
    if (state && hasClosedWindow(state)) return this.#deliver(id, answerOfClosedWindow(issued));
    this.#waiting = request;
    this.#asker = socket;
    if ("command" in issued && issued.command === "navigate") this.#context.telemetry.noteNavigate(Date.now());
    const address = addressIn(issued);
    if (address !== null) this.#store.noteAddress(address);
    const isSent = this.#sendWaiting(request);
    if (!this.#waiting) return;
    const { jobs, config, apply } = this.#context;
    this.#isStored = !isSent || "yield" in issued;
    if (!this.#isStored) return this.#deadline.set(deadlineMs(issued, config.times));
    this.#deadline.stop();
    this.#store.keep(request);
    this.#context.sockets.note(socket, { sent: id });
    jobs.schedule("command", Date.now() + deadlineMs(issued, config.times));
    if ("yield" in issued) apply({ type: "yielded" });
    this.observed();
  }

  #askedBy(socket: WebSocket, id: string): boolean {
    return this.#asker === socket || this.#context.sockets.attachment(socket).sent === id;
  }

  /** What an earlier worker left waiting: this one does not know of it, so nobody would ever take its answer. */
  #abandon(): void {
    if (!this.#waiting) return;
    const { id, issued } = this.#waiting;
    this.#waiting = null;
    this.#clearDeadline();
    this.#context.sockets.tell("client", { type: "server.cancel", id });
    if ("yield" in issued) this.#takePageBack();
  }

  #takePageBack(): void {
    this.#context.sockets.tell("client", { type: "server.set_interactive", interactive: false });
    this.#context.apply({ type: "resumed" });
  }

  /** Sends what waits, unless the device has lost the page that it is about: that is its answer then. */
  #sendWaiting(request: Waiting): boolean {
    const { sockets } = this.#context;
    const answer = readyNewBrowser(sockets, request.issued, () => this.#lastAsked());
    if (answer) this.#settle(answer);
    else notePage(sockets, request.issued);
    return answer === null && this.#send(request);
  }

  #lastAsked(): LastAsked {
    const { address } = this.#store;
    return { open: address === null ? null : { command: "navigate", params: { url: address } }, begin: null };
  }

  #send({ id, issued }: Waiting): boolean {
    return this.#context.sockets.tell("client", messageFor(id, issued));
  }

  #settle(answer: Recorded): void {
    if (!this.#waiting) return;
    const { id, issued } = this.#waiting;
    this.#waiting = null;
    this.#clearDeadline();
    if ("yield" in issued) this.#takePageBack();
    this.#deliver(id, answer);
  }

  /** To the worker, or kept for when it is back. */
  #deliver(id: string, answer: Recorded): void {
    const error = "error" in answer ? { ...answer.error } : null;
    const result = "result" in answer ? answer.result : null;
    const message: CommandResult = { type: "server.command_result", id, result, error };
    this.#last = message;
    if (!this.#context.sockets.tell("worker", message)) this.#store.hold(message);
  }

  #clearDeadline(): void {
    if (!this.#isStored) return this.#deadline.clear();
    this.#store.drop();
    this.#context.jobs.cancel("command");
  }

  #complete(socket: WebSocket, result: string): void {
    const bytes = new TextEncoder().encode(result).byteLength;
    if (bytes <= maxResultBytes) return this.#context.apply({ type: "completed", result });
    const message = `The result is ${bytes} bytes of JSON; at most ${maxResultBytes} are kept. Complete with less.`;
    this.#refuse(socket, "payload_too_large", message);
  }

  #refuse(socket: WebSocket, code: ErrorCode, message: string, ref?: string): void {
    this.#context.sockets.send(socket, { type: "server.error", code, message, ...(ref !== undefined && { ref }) });
  }
}
