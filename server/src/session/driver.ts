import type { CommandResponse, WorkerMessage } from "@passage/protocol/session";
import type { Env } from "../env.ts";
import type { JobChanges, Jobs } from "./jobs.ts";
import type { SessionEvent, SessionState } from "./machine.ts";
import type { SessionConfig } from "./session-config.ts";
import type { Sockets } from "./sockets.ts";
import type { Telemetry } from "./telemetry.ts";

/** Who drives the device: our own automation, or a developer's worker over its socket. */
export interface Driver {
  /** The session is active, for the first time or again after the object slept or fell. Resolves when it waits for the device. */
  start(): Promise<void>;
  /** A device said hello: what waits for it is sent, unless this socket already has it. */
  deviceReady(): void;
  /** The person closed the device's window: what waits for the device is answered so. */
  windowClosed(): void;
  /** A worker said hello: it gets what it has missed. */
  workerReady(): void;
  /** A device's response to something. */
  answered(response: CommandResponse): void;
  /** The device told events: a yield that it cannot evaluate itself may be met by them. */
  observed(): void;
  /** A worker's message; it has said hello. */
  fromWorker(socket: WebSocket, message: WorkerMessage): void;
  /** The deadline of what waits has passed. */
  deadlinePassed(): void;
  /** The session is over. */
  stop(): void;
}

/** What a driver may use of its session. */
export interface DriverContext {
  readonly env: Env;
  readonly config: SessionConfig;
  readonly sockets: Sockets;
  readonly jobs: Jobs;
  readonly telemetry: Telemetry;
  /** Null before the session is opened. */
  readonly state: () => SessionState | null;
  /** @param jobs what changes with it, in the same row. */
  readonly apply: (event: SessionEvent, jobs?: JobChanges) => void;
}
