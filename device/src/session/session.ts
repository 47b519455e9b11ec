import { setTimeout } from "node:timers/promises";
import { PassageError } from "@passage/protocol/errors";
import { type clientCapabilities, type ServerMessage, windowClosedCode } from "@passage/protocol/session";
import { protocolVersion } from "@passage/protocol/version";
import { assemble } from "../assemble.ts";
import { declaredPlace } from "../declared/places.ts";
import { MessageDescriptions } from "../egress/describe-message.ts";
import { Ledger } from "../egress/ledger.ts";
import { Telemetry } from "../egress/telemetry.ts";
import type { HostName } from "../host-names.ts";
import type { Agreed, AskConsent } from "../mandate/consent.ts";
import { consentTerms } from "../mandate/consent-terms.ts";
import { accountBinding, type Mandate, readMandate } from "../mandate/mandate.ts";
import type { Publishers } from "../mandate/publishers.ts";
import { Captures } from "../page/captures.ts";
import type { Page } from "../page/page.ts";
import type { AccountBinding } from "../reads/account-codes.ts";
import type { Webview } from "../webview.ts";
import { Connection, type ConnectionEnd } from "./connection.ts";
import type { DeviceOptions, DeviceOutcome, EndedDevice } from "./device-options.ts";

/** For how long a session that was refused stays, so that its server hears why. */
const refusalMs = 3_000;
/** For how long a device stays that the person has left: the automation may be about to ask for them. */
const goodbyeMs = 2_000;
const nothing: Mandate = {
  operations: [],
  origins: [],
  signIn: [],
  isLive: true,
  place: (url) => url,
  accept: () => {},
};

type ServeOptions = DeviceOptions & { readonly consent: AskConsent; readonly agreed: Agreed | undefined };

/** Lets the session drive the page to its end. */
export async function serve(page: Page, publishers: Publishers, options: ServeOptions): Promise<EndedDevice> {
  const { promise: outcome, resolve } = Promise.withResolvers<DeviceOutcome>();
  const { webview } = page;
  const kind = options.host ?? "chromium";
  const descriptions = new MessageDescriptions(() => page.url());
  const ledger = new Ledger(options.sessionId, descriptions);
  const device = assemble(page, {
    ledger,
    isRefused: () => refused !== null,
    onFrame: options.onFrame,
    onRefused: (what) => options.onLog?.(`kept back: ${what}`),
    onCommand: options.onCommand,
  });
  const { egress, executor, origins, overlay } = device;
  const telemetry = new Telemetry(egress);
  const captures = new Captures(device, telemetry, (why) => options.onLog?.(`not captured: ${why}`));
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
        key: device.sealed.publicKey,
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
    descriptions.asked(message);
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
    const { websocketUrl, developer = false, agreed, onLog } = options;
    let account: AccountBinding | undefined;
    try {
      const read = await readMandate(hello, {
        publishers,
        websocketUrl,
        developer,
        agreed,
        onLog: agreed ? undefined : onLog,
      });
      account = accountBinding(read, hello);
      if (!(agreed || (await agreesTo(read)))) return leave("The person did not agree");
      read.accept();
      mandate = read;
    } catch (error) {
      if (!(error instanceof PassageError)) throw error;
      mandate = nothing;
      return refuse(error);
    }
    device.pin({ ...mandate, account });
    if (mandate.operations.length === 0) overlay.mark("A developer's own automation drives this page");
    const { isLive, operations: declared } = mandate;
    if (isLive) telemetry.shape((url) => declaredPlace(declared, url));
    descriptions.declare(mandate.operations);
    options.onMandate?.(mandate);
  }

  /** A session that came without an offer is asked about now. A developer's own declares nothing to ask about. */
  async function agreesTo({ operations: declared, isLive }: Mandate): Promise<boolean> {
    if (declared.length === 0) return true;
    const server = URL.parse(options.websocketUrl)?.host ?? "";
    return options.consent(consentTerms(declared, { server, requestedBy: server, isLive }));
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
    device.forget();
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
      const ending = phase === "complete" || phase === "expired" ? phase : "failed";
      return { phase: ending, error: error && { code: error.code, message: error.message }, returnUrl };
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
