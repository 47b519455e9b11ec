import { setTimeout } from "node:timers/promises";
import { PassageError } from "@passage/protocol/errors";
import type { LedgerFile } from "@passage/protocol/ledger";
import type { AgreedOperation } from "@passage/protocol/manifest";
import { type clientCapabilities, type ServerMessage, windowClosedCode } from "@passage/protocol/session";
import { protocolVersion } from "@passage/protocol/version";
import { Captures } from "./captures.ts";
import { Connection, type ConnectionEnd, demandSafeAddress } from "./connection.ts";
import { DeclaredOperations } from "./declared/operations.ts";
import { declaredPlace } from "./declared/places.ts";
import { Egress } from "./egress/gate.ts";
import { Ledger } from "./egress/ledger.ts";
import { PlainWords } from "./egress/plain-words.ts";
import { PrivatePhase } from "./egress/private-phase.ts";
import { Telemetry } from "./egress/telemetry.ts";
import { type CommandReport, Executor } from "./executor.ts";
import { FreshDocument } from "./fresh-document.ts";
import type { HostName } from "./host-names.ts";
import type { BrowserHost } from "./hosts/browser/launch.ts";
import { openHost } from "./hosts/open-host.ts";
import { type Mandate, readMandate } from "./mandate.ts";
import { Origins } from "./origins.ts";
import { OverlayKeeper } from "./overlay.ts";
import { Page } from "./page.ts";
import { Publishers } from "./publishers.ts";
import { SealedValues } from "./sealed-values.ts";
import { SensitiveFields } from "./sensitive-fields.ts";
import type { Webview } from "./webview.ts";

/** The device's place in a session, as a claim gives it. */
export interface SessionPlace {
  readonly websocketUrl: string;
  readonly clientToken: string;
  readonly sessionId: string;
  /** Epoch milliseconds. The device gives up two minutes later, whatever happens. */
  readonly expiresAt: number;
  /** What the person agreed to on the claim page: a session that declares more is refused. */
  readonly agreed?: readonly AgreedOperation[] | undefined;
}

export interface DeviceSettings {
  /** A developer's own session, which declares nothing. Otherwise what does not show signed manifests is refused. */
  readonly developer?: boolean | undefined;
  /** Files with the public keys (JWK or JWK Set) of publishers to trust besides the one that this device was built with. */
  readonly trustedPublishers?: readonly string[] | undefined;
  /** The built-in publisher's keys, where they are not in their usual place. */
  readonly publishers?: string | undefined;
  /** Default `chromium`. */
  readonly host?: HostName | undefined;
  readonly headless?: boolean | undefined;
  /** A DevTools port on loopback, so that another program can play the person. 0 picks one: see `onReady`. */
  readonly cdpPort?: number | undefined;
  readonly chromiumPath?: string | undefined;
  /** The built page script, where it is not in its usual place. */
  readonly pageScript?: string | undefined;
  /** The browser is up. */
  readonly onReady?: ((browser: { readonly pid: number; readonly cdpPort: number | null }) => void) | undefined;
  /** What the session may do, before it does anything. */
  readonly onMandate?: ((mandate: Mandate) => void) | undefined;
  /** Each answered command: names and times, never values. */
  readonly onCommand?: ((report: CommandReport) => void) | undefined;
  /** Every frame, before it is sent. */
  readonly onFrame?: ((text: string) => void) | undefined;
  readonly onLog?: ((line: string) => void) | undefined;
  /** Aborting it closes the window, as if the person had. */
  readonly signal?: AbortSignal | undefined;
}

export type DeviceOptions = SessionPlace & DeviceSettings;

export interface DeviceOutcome {
  /** `replaced`: another device took the session. `closed`: the person or the signal ended it. `lost`: no server in time. */
  readonly phase: "complete" | "failed" | "expired" | "replaced" | "closed" | "lost";
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly returnUrl: string | null;
}

export interface EndedDevice extends DeviceOutcome {
  /** What was sent, in plain words. */
  readonly ledger: LedgerFile;
}

/** For how long a session that was refused stays, so that its server hears why. */
const refusalMs = 3_000;
/** For how long a device stays that the person has left: the automation may be about to ask for them. */
const goodbyeMs = 2_000;
const nothing: Mandate = { operations: [], origins: [], signIn: [], isLive: true, place: (url) => url };

/** Opens a browser for the session, lets the session drive it to its end, and leaves nothing of it behind. */
export async function openDevice(options: DeviceOptions): Promise<EndedDevice> {
  demandSafeAddress(options.websocketUrl);
  return openDeviceThenClaim(async () => options, options);
}

/**
 * As {@link openDevice}, but takes the session only when the browser is up: whatever fails before that leaves the link to others.
 *
 * @throws what `claim` throws
 */
export async function openDeviceThenClaim(
  claim: () => Promise<SessionPlace>,
  settings: DeviceSettings,
): Promise<EndedDevice> {
  const { headless, cdpPort, chromiumPath, pageScript } = settings;
  const publishers = await Publishers.read(settings.trustedPublishers, settings.publishers);
  const host = await openHost(settings.host ?? "chromium", { headless, cdpPort, chromiumPath, pageScript });
  try {
    settings.onReady?.({ pid: host.pid, cdpPort: host.cdpPort });
    const place = await claim();
    demandSafeAddress(place.websocketUrl);
    return await serve(host, publishers, { ...settings, ...place });
  } finally {
    await host.close();
    settings.onLog?.("browser closed, profile wiped");
  }
}

async function serve(host: BrowserHost, publishers: Publishers, options: DeviceOptions): Promise<EndedDevice> {
  const { promise: outcome, resolve } = Promise.withResolvers<DeviceOutcome>();
  const { webview } = host;
  const kind = options.host ?? "chromium";
  const page = new Page(webview);
  const origins = new Origins();
  const overlay = new OverlayKeeper(page);
  const privacy = new PrivatePhase(() => page.url());
  const fields = new SensitiveFields(page, privacy);
  const fresh = new FreshDocument(page);
  const operations = new DeclaredOperations();
  const words = new PlainWords(() => page.url());
  const ledger = new Ledger(options.sessionId, words);
  const egress = new Egress(privacy, {
    ledger,
    // Of a session that is refused, the server is to hear why.
    isStrict: () => refused === null && operations.strict,
    onFrame: options.onFrame,
    onRefused: (what) => options.onLog?.(`kept back: ${what}`),
  });
  const telemetry = new Telemetry(egress);
  const sealed = new SealedValues(egress.secrets);
  const executor = new Executor({
    page,
    privacy,
    fields,
    fresh,
    operations,
    egress,
    origins,
    overlay,
    sealed,
    onCommand: options.onCommand,
  });
  const captures = new Captures({ page, origins, privacy, fields, egress }, telemetry, (why) =>
    options.onLog?.(`not captured: ${why}`),
  );
  let inbox = Promise.resolve();
  let mandate: Mandate | null = null;
  let refused: DeviceOutcome | null = null;
  const connection = new Connection({
    ...options,
    ping: () => egress.ping(),
    onOpen: () =>
      egress.send({
        type: "client.hello",
        ...introduction(webview, kind),
        hasPage: page.url() !== "about:blank",
        key: sealed.publicKey,
      }),
    onMessage: (message) => {
      inbox = inbox.then(() => receive(message)).catch((error) => defect(message, error));
    },
    onLost: () => telemetry.disconnected(),
    onEnd: (end) => resolve(refused ?? outcomeOf(end)),
  });
  egress.attach((text) => connection.transmit(text));

  /** A message at which this device fails is not done. What the error says may quote the message, so that only its kind is told. */
  function defect({ type }: ServerMessage, error: unknown): void {
    options.onLog?.(
      `not done: ${type}, at which this device failed (${error instanceof Error ? error.name : "error"})`,
    );
  }

  async function receive(message: ServerMessage): Promise<void> {
    words.asked(message);
    if (message.type === "server.hello") {
      if (!mandate) await begin(message);
      if (mandate?.isLive === false) captures.configure(message.capture);
      telemetry.resume(message.lastClientSeq);
      executor.answers.resume();
    } else if (message.type === "server.ack") telemetry.acknowledge(message.clientSeq);
    else if (message.type === "server.error") options.onLog?.(`server: ${message.code} ${message.message}`);
    else if (mandate) executor.receive(message);
    else options.onLog?.(`not done: ${message.type}, as the server has not said what the session may do`);
  }

  /** The first hello says what the session may do. No later one can change it. */
  async function begin(hello: Extract<ServerMessage, { type: "server.hello" }>): Promise<void> {
    const { websocketUrl, developer = false, agreed } = options;
    try {
      mandate = await readMandate(hello, { publishers, websocketUrl, developer, agreed });
    } catch (error) {
      if (!(error instanceof PassageError)) throw error;
      mandate = nothing;
      return refuse(error);
    }
    origins.pin(mandate.origins);
    privacy.pinSignIn(mandate.signIn);
    if (mandate.operations.length === 0) overlay.mark("A developer's own automation drives this page");
    operations.pin(mandate.operations, mandate.place);
    const { isLive, operations: declared } = mandate;
    if (isLive) telemetry.shape((url) => declaredPlace(declared, url));
    words.declare(mandate.operations);
    options.onMandate?.(mandate);
  }

  /** The server hears why from the answer to whatever it asks first; it has a few seconds to end the session itself. */
  async function refuse(error: PassageError): Promise<void> {
    const { code, message } = error;
    refused = { phase: "failed", error: { code, message }, returnUrl: null };
    options.onLog?.(`refused: ${message}`);
    origins.pin(nothing.origins);
    await executor.refuse(error);
    void setTimeout(refusalMs, null, { ref: false }).then(() => resolve(refused as DeviceOutcome));
  }

  /** A yield still gets its answer, also the next one: the server should hear of the person's leave before the socket closes. */
  async function leave(why: string): Promise<void> {
    await executor.end(why);
    await Promise.race([outcome, setTimeout(goodbyeMs)]);
    connection.close(windowClosedCode);
    resolve({ phase: "closed", error: { code: "cancelled", message: why }, returnUrl: null });
  }

  webview.listen((event) => {
    if (event.type === "committed" || event.type === "sameDocument") telemetry.navigated(event.url);
    if (event.type === "incident") telemetry.happened(event.incident);
    if (event.type === "closed") void leave("The window was closed");
  });
  const onAbort = () => void leave("The device was stopped");
  options.signal?.addEventListener("abort", onAbort, { once: true });
  if (options.signal?.aborted) onAbort();
  try {
    return { ...(await outcome), ledger: ledger.file() };
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    captures.stop();
    connection.close();
    sealed.forget();
    egress.secrets.wipe();
  }
}

function introduction(webview: Webview, kind: HostName) {
  const capabilities: (typeof clientCapabilities)[number][] = ["yield.conditions"];
  if (webview.trustedInput) capabilities.push("input.trusted");
  if (webview.network) capabilities.push("network.bodies");
  return {
    protocol: protocolVersion,
    sdk: { name: "passage-device", version: "0.1.0" },
    device: { kind, userAgent: webview.userAgent },
    capabilities,
  };
}

function outcomeOf(end: ConnectionEnd): DeviceOutcome {
  const ended = (phase: DeviceOutcome["phase"], code: string, message: string): DeviceOutcome => ({
    phase,
    error: { code, message },
    returnUrl: null,
  });
  switch (end.reason) {
    case "session_end": {
      const { phase, error, returnUrl } = end.message;
      const over = phase === "complete" || phase === "expired" ? phase : "failed";
      return { phase: over, error: error && { code: error.code, message: error.message }, returnUrl };
    }
    case "session_over":
      return ended("failed", "session_terminal", "The session was over already");
    case "replaced":
      return ended("replaced", "cancelled", "Another device took over this session");
    case "malformed":
      return ended("failed", "invalid_message", "The server could not read this device's messages");
    case "expired":
      return ended("lost", "session_expired", "The session's time passed without an end from the server");
  }
}
