import * as z from "zod";
import { deviceYield } from "./declared-commands.ts";
import { ledgerHead } from "./ledger.ts";
import { signedManifest } from "./manifest.ts";
import { deviceKey } from "./sealed-value.ts";
import { yieldRequest } from "./yield.ts";

/** The phases, their order and the messages of the session socket (`/sessions/:id/ws`). */
export const phases = ["created", "pending", "active", "complete", "failed", "expired"] as const;
export const phase = z.enum(phases).describe("Where a session stands. The last three are ends.");
export type Phase = (typeof phases)[number];
export const roles = ["worker", "client", "debug"] as const;
export type Role = (typeof roles)[number];

/** The subprotocol a socket asks for, followed by its token: `new WebSocket(url, [subprotocol, token])`. */
export const subprotocol = "passage.v1";
/** Largest frame in bytes (design, gap 7). */
export const maxFrameBytes = 1_048_576;
/** Largest frame that carries one capture, a `client.events` with one `page.snapshot` or `page.screenshot`. */
export const maxCaptureBytes = 1_572_864;
export const captureEvents: readonly string[] = ["page.snapshot", "page.screenshot"];
/** Answered `pong` by the platform without waking the object. Exact strings. */
export const heartbeat = { ping: "ping", pong: "pong" } as const;

export const closeCodes = {
  malformed: { code: 4000, reason: "A frame must be JSON with a string type" },
  sessionOver: { code: 4001, reason: "The session is over" },
  replaced: { code: 4002, reason: "A newer socket took this role" },
} as const;

/** With it a device leaves whose window was closed: requests to it are answered `page_gone` until a device is back. */
export const windowClosedCode = 4003;

const id = z.string().min(1).max(128);
const anyObject = z.record(z.string(), z.unknown());
export const errorValue = z
  .object({ code: z.string(), message: z.string(), details: anyObject.optional() })
  .describe("An error as it stands in a session's messages.");

export const sessionView = z
  .object({
    id: z.string(),
    phase,
    expiresAt: z.number().int().describe("Epoch milliseconds."),
    clientConnected: z.boolean(),
    workerConnected: z.boolean(),
  })
  .describe("Where a session stands, and who is connected.");
export type SessionView = z.infer<typeof sessionView>;

export const clientCapabilities = ["yield.conditions", "input.trusted", "network.bodies"] as const;

const intervalMs = z.number("must be a positive integer").int("must be a positive integer").positive();
export const captureConfig = z
  .object({
    snapshots: z
      .object({ enabled: z.boolean(), delayMs: intervalMs.optional() })
      .optional()
      .describe("The page's HTML after each command, `delayMs` later."),
    screenshots: z.object({ enabled: z.boolean(), intervalMs: intervalMs.optional() }).optional(),
  })
  .describe("What the device is asked to capture for finding faults. It may send less: never what is private.");
export type CaptureConfig = z.infer<typeof captureConfig>;

const telemetryEvent = z.object({
  type: z.string().max(64),
  ts: z.number(),
  source: z.string().max(32),
  payload: anyObject,
});

/** The head of the device's ledger, with this message in it. */
const ledger = ledgerHead.optional();

/** Device to server. Every field of hello may be absent: a bare `{type:"client.hello"}` works. */
export const clientMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("client.hello"),
    protocol: z.number().int().optional(),
    sdk: z.object({ name: z.string().max(64), version: z.string().max(64) }).optional(),
    device: z.object({ kind: z.string().max(64), userAgent: z.string().max(512) }).optional(),
    capabilities: z.array(z.string().max(64)).max(64).optional(),
    lastSeq: z.number().int().optional(),
    hasPage: z
      .boolean()
      .optional()
      .describe("False: this device's browser has been started and has opened nothing yet."),
    key: deviceKey.optional().describe("To seal values to that only this device may read."),
    ledger,
  }),
  z.object({
    type: z.literal("client.command_response"),
    id,
    result: z.unknown().optional(),
    error: errorValue.nullable().optional(),
    ledger,
  }),
  z.object({
    type: z.literal("client.events"),
    clientSeq: z.number().int().nonnegative(),
    events: z.array(telemetryEvent).max(500),
    ledger,
  }),
  z.object({ type: z.literal("client.console_activity"), entries: z.array(anyObject).max(500) }),
  z.object({ type: z.literal("client.network_activity"), entries: z.array(anyObject).max(500) }),
  z.object({ type: z.literal("client.sdk_log"), entries: z.array(anyObject).max(500) }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;
export type CommandResponse = Extract<ClientMessage, { type: "client.command_response" }>;

/** Worker to server. */
export const workerMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("worker.hello"), protocol: z.number().int().optional(), lastSeq: z.number().optional() }),
  z.object({ type: z.literal("worker.command"), id, command: z.string().max(64), params: anyObject.optional() }),
  z.object({ type: z.literal("worker.yield_to_user"), id: id.optional(), ...yieldRequest.shape }),
  z.object({ type: z.literal("worker.cancel"), id }),
  z.object({ type: z.literal("worker.complete"), result: z.unknown().optional() }),
  z.object({
    type: z.literal("worker.fail"),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  }),
]);
export type WorkerMessage = z.infer<typeof workerMessage>;

/** Server to device and worker. */
export const serverMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("server.hello"),
    protocol: z.number().int(),
    session: sessionView,
    lastClientSeq: z.number().int(),
    debug: z.boolean().optional(),
    capture: captureConfig.optional(),
    eventFilter: z
      .object({ types: z.array(z.string()) })
      .optional()
      .describe("The event types that are of use."),
    injectionScripts: z
      .array(z.unknown())
      .max(64)
      .optional()
      .describe(
        "Scripts of the device's own, by name (`injectionScript`). A session that sends code instead is refused.",
      ),
    manifests: z.array(signedManifest).max(16).optional().describe("One for each operation of a link."),
    sandbox: z.url().optional().describe("In test mode: where the sandbox answers, in place of the live sites."),
    operations: z.array(z.object({ resource: z.string(), action: z.string(), description: z.string() })).optional(),
    accountSalt: z
      .string()
      .optional()
      .describe("64 hex digits, the same in all sessions of an organization. The device makes `accountId` with it."),
  }),
  z.object({ type: z.literal("server.command"), id, command: z.string(), params: anyObject }),
  z.object({
    type: z.literal("server.set_interactive"),
    interactive: z.boolean(),
    yield: deviceYield.extend({ id }).optional().describe("Sent with interactive:true; answered by command_response."),
  }),
  z.object({ type: z.literal("server.cancel"), id }),
  z.object({ type: z.literal("server.replay"), messages: z.array(anyObject) }),
  z.object({ type: z.literal("server.ack"), clientSeq: z.number().int() }),
  z.object({ type: z.literal("server.client_ready") }),
  z.object({ type: z.literal("server.client_disconnected") }),
  z.object({
    type: z.literal("server.command_result"),
    id,
    result: z.unknown().optional(),
    error: errorValue.nullable(),
  }),
  z.object({
    type: z.literal("server.session_end"),
    phase,
    error: errorValue.nullable(),
    returnUrl: z.string().nullable(),
  }),
  z.object({ type: z.literal("server.error"), code: z.string(), message: z.string(), ref: z.string().optional() }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;
/** Those that a worker gets. The others are for the device. */
export const messagesToWorker: readonly ServerMessage["type"][] = [
  "server.hello",
  "server.replay",
  "server.client_ready",
  "server.client_disconnected",
  "server.command_result",
  "server.session_end",
  "server.error",
];

/** What a debug viewer receives: every message, in the order the session saw it. */
export const debugEnvelope = z.object({
  direction: z.enum(["worker_to_server", "server_to_worker", "client_to_server", "server_to_client"]),
  message: anyObject,
  ts: z.iso.datetime(),
});
export type DebugEnvelope = z.infer<typeof debugEnvelope>;
export type Direction = DebugEnvelope["direction"];
