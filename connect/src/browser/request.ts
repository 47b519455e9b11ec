import { PassageError } from "../errors.ts";
import { maxFrameBytes, type WorkerMessage } from "../protocol.generated.ts";

/** What a caller asks for: a command, a yield, or the session's end. */
export interface Asked {
  /** The call's name, for errors. */
  command: string;
  /** Without its id. */
  message: WithoutId<WorkerMessage>;
  /** How long to wait for a device that is away, in ms. */
  patienceMs: number;
}

type WithoutId<Message> = Message extends unknown ? Omit<Message, "id"> : never;

export type RequestState =
  /** To be sent on this socket; `before`: an older one has carried it. */
  | { at: "queue"; before: boolean }
  /** Sent on this socket. */
  | { at: "server" }
  /** The server has no device for it, or is busy with another one. */
  | { at: "refused" }
  /** The caller has left it; the device has yet to let go. */
  | { at: "cancelled" };

/** One request, its caller and where it stands. */
export class Request {
  readonly command: string;
  /** Unique for ever. Undefined: it ends the session, and the answer is `server.session_end`. */
  readonly id: string | undefined;
  readonly frame: string;
  readonly answer: Promise<unknown>;
  resolve: (answer: unknown) => void = () => {};
  reject: (error: PassageError) => void = () => {};
  readonly #patienceMs: number;
  #state: RequestState = { at: "queue", before: false };
  #patientUntil: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @throws {PassageError} `invalid_argument`, `payload_too_large` */
  constructor({ command, message, patienceMs }: Asked) {
    this.command = command;
    this.id = command === "complete" || command === "fail" ? undefined : crypto.randomUUID();
    this.frame = frameOf(command, { ...message, id: this.id });
    this.#patienceMs = patienceMs;
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  get state(): RequestState {
    return this.#state;
  }

  /** The device may have it. */
  get mayBeRunning(): boolean {
    return this.#state.at === "server" || (this.#state.at === "queue" && this.#state.before);
  }

  queue(): void {
    this.#move({ at: "queue", before: this.mayBeRunning });
  }

  sent(): void {
    this.#move({ at: "server" });
  }

  /** Waits in the state, until it is moved on or the time is over. */
  wait(at: "refused" | "cancelled", ms: number, then: () => void): void {
    this.#move({ at });
    this.#timer = setTimeout(then, ms);
  }

  /** Milliseconds left to wait for an absent device. They count from the first refusal. */
  patience(): number {
    this.#patientUntil ??= Date.now() + this.#patienceMs;
    return this.#patientUntil - Date.now();
  }

  /** Nothing waits for it any more. */
  settle(): void {
    clearTimeout(this.#timer);
  }

  #move(state: RequestState): void {
    clearTimeout(this.#timer);
    this.#state = state;
  }
}

function frameOf(command: string, message: object): string {
  let frame: string;
  try {
    frame = JSON.stringify(message);
  } catch (cause) {
    throw new PassageError("invalid_argument", `${command} was given what JSON cannot say`, { command, cause });
  }
  if (new TextEncoder().encode(frame).length <= maxFrameBytes) return frame;
  throw new PassageError("payload_too_large", `${command} is over ${maxFrameBytes} bytes`, { command });
}
