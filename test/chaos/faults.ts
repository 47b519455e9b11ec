import { setTimeout as delay } from "node:timers/promises";
import { connect } from "../harness/scripted-device.ts";
import type { Device } from "./device.ts";
import type { Fault } from "./schedule.ts";
import type { SharedServer } from "./shared-server.ts";

/** What a fault needs of the attempt it strikes. */
export interface Target {
  readonly server: SharedServer;
  readonly websocketUrl: string;
  readonly clientToken: string;
  readonly openDevice: () => Promise<void>;
  readonly broken: (what: string) => void;
  readonly log: (line: string) => void;
}

/** Lets a fault strike the device that works on a request. Resolves when it has; a restart or a new device is not waited for. */
export async function strike(fault: Fault, device: Device, target: Target, later: (done: Promise<void>) => void) {
  if (fault.type !== "delay") target.log(`fault at request ${fault.request} ${fault.moment}: ${fault.type}`);
  switch (fault.type) {
    case "kill":
      later(target.server.kill());
      return;
    case "cut":
      return device.cut(delay(fault.awayMs), fault.helloLast);
    case "switch":
      later(target.openDevice());
      if (fault.twins) later(target.openDevice());
      return;
    case "garbage":
      return later(writeGarbage(fault, target));
    case "delay":
      await delay(fault.ms);
      return;
    case "duplicate": {
      const answer = device.answerTo(String(fault.request));
      for (let copy = 0; answer && copy < fault.copies; copy++) device.transmit(answer);
      return;
    }
    case "stray": {
      const ids = ["99", String(fault.request - 1), "x"].slice(0, fault.count);
      const error = { code: "page_gone", message: "This answer must not be taken" };
      for (const id of ids) device.transmit(JSON.stringify({ type: "client.command_response", id, error }));
    }
  }
}

async function writeGarbage(fault: Extract<Fault, { type: "garbage" }>, target: Target): Promise<void> {
  const { server, websocketUrl, clientToken } = target;
  const isClient = fault.as === "client";
  try {
    await server.up();
    const role = isClient ? "client" : "debug";
    const peer = await connect(websocketUrl, role, isClient ? clientToken : server.testKey);
    peer.socket.on("error", () => {});
    const closed = peer.closed();
    peer.socket.send(fault.frame);
    const { code } = await closed;
    // 4001: the session ended first; 4002: a newer device came first; 1006: the server was killed.
    if (![4000, 4001, 4002, 1006].includes(code)) target.broken(`a frame that is not JSON was closed with ${code}`);
  } catch (error) {
    if ((error as { status?: number }).status !== undefined)
      target.broken(`the second socket was ${(error as Error).message}`);
  }
  // It took the device's place, and the device does not come back from that: its person opens it again.
  if (isClient) await target.openDevice();
}
