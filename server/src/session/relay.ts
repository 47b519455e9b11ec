import { isCommandName } from "@passage/protocol/commands";
import type { ErrorCode } from "@passage/protocol/errors";
import type { CommandResponse, WorkerMessage } from "@passage/protocol/session";
import type { Issued } from "@passage/providers/page";
import type { Driver, Seat } from "./driver.ts";
import type { Recorded } from "./journal.ts";
import { deadlineMs, errorFrom, messageFor, timedOut } from "./requests.ts";

/**
 * A developer's worker at the wheel. One request is under way at a time; which one, its socket's attachment knows, so that
 * passing it on needs no commit. Both ends resend by id after a crash.
 */
export class Relay implements Driver {
  readonly #seat: Seat;

  constructor(seat: Seat) {
    this.#seat = seat;
  }

  async start(): Promise<void> {}

  deviceReady(): void {}

  fromWorker(socket: WebSocket, message: WorkerMessage): void {
    switch (message.type) {
      case "worker.hello":
        return;
      case "worker.command": {
        const { id, command, params = {} } = message;
        if (!isCommandName(command))
          return this.#refuse(socket, "unsupported_command", `There is no command ${command}.`, id);
        return this.#pass(socket, id, { command, params });
      }
      case "worker.yield_to_user": {
        const { type: _, id = crypto.randomUUID(), ...request } = message;
        return this.#pass(socket, id, { yield: request });
      }
      case "worker.cancel":
        if (this.#pending(socket)?.id === message.id)
          this.#seat.sockets.tell("client", { type: "server.cancel", id: message.id });
        return;
      case "worker.complete":
        if (!this.#seat.isActive())
          return this.#refuse(socket, "client_not_connected", "A session completes once a device has been connected.");
        return this.#seat.apply({ type: "completed", result: JSON.stringify(message.result ?? null) });
      case "worker.fail": {
        const { message: text = "The worker failed the session." } = message.error ?? {};
        const details = message.error && { details: { workerCode: message.error.code } };
        return this.#seat.apply({ type: "failed", error: { code: "AUTOMATION_ERROR", message: text, ...details } });
      }
    }
  }

  answered(response: CommandResponse): void {
    const { error, result } = response;
    this.#settle(response.id, error ? { error: errorFrom(error) } : { result });
  }

  deadlinePassed(): void {
    const worker = this.#seat.sockets.of("worker");
    const pending = worker && this.#pending(worker);
    if (!pending) return;
    this.#seat.sockets.tell("client", { type: "server.cancel", id: pending.id });
    this.#settle(
      pending.id,
      timedOut(
        pending.kind === "yield"
          ? { yield: { conditions: [], optional: pending.optional } }
          : { command: "url", params: {} },
      ),
    );
  }

  stop(): void {}

  #pass(socket: WebSocket, id: string, issued: Issued): void {
    const { sockets, jobs, opening, apply } = this.#seat;
    if (this.#pending(socket))
      return this.#refuse(socket, "command_pending", "Wait for the answer to the last request.", id);
    if (!sockets.tell("client", messageFor(id, issued)))
      return this.#refuse(socket, "client_not_connected", "No device is connected. Wait for server.client_ready.", id);
    const isYield = "yield" in issued;
    sockets.note(socket, {
      pending: { id, kind: isYield ? "yield" : "command", optional: isYield && issued.yield.optional === true },
    });
    jobs.schedule("command", Date.now() + deadlineMs(issued, opening.times));
    if (isYield) apply({ type: "yielded" });
  }

  #settle(id: string, answer: Recorded): void {
    const { sockets, jobs, apply } = this.#seat;
    const worker = sockets.of("worker");
    const pending = worker && this.#pending(worker);
    if (!worker || pending?.id !== id) return;
    sockets.note(worker, { pending: null });
    jobs.cancel("command");
    if (pending.kind === "yield") {
      sockets.tell("client", { type: "server.set_interactive", interactive: false });
      apply({ type: "resumed" });
    }
    const error = "error" in answer ? answer.error : null;
    const result = "result" in answer ? answer.result : null;
    sockets.send(worker, { type: "server.command_result", id, result, error: error && { ...error } });
  }

  #pending(socket: WebSocket) {
    return this.#seat.sockets.attachment(socket).pending;
  }

  #refuse(socket: WebSocket, code: ErrorCode, message: string, ref?: string): void {
    this.#seat.sockets.send(socket, { type: "server.error", code, message, ...(ref !== undefined && { ref }) });
  }
}
