import { type DeviceKey, type SealedValue, sealing } from "@passage/protocol/sealed-value";
import type { ServerMessage } from "@passage/protocol/session";
import { CompactEncrypt, importJWK } from "jose";
import { Sensitive } from "./sensitive.ts";

/** Whether sensitive arguments of the operation stand in the message. */
export function holdsSensitive(value: unknown): boolean {
  if (value instanceof Sensitive) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSensitive);
}

/** The message with its sensitive arguments sealed to the device's key: what goes over the wire, and into the timeline. */
export async function sealedFor(key: DeviceKey, message: ServerMessage): Promise<ServerMessage> {
  const recipient = await importJWK({ ...key }, sealing.alg);
  const seal = async (value: Sensitive): Promise<SealedValue> => {
    const jwe = new CompactEncrypt(new TextEncoder().encode(Sensitive.reveal(value)));
    return { $sealed: await jwe.setProtectedHeader(sealing).encrypt(recipient) };
  };
  const walk = async (value: unknown): Promise<unknown> => {
    if (value instanceof Sensitive) return seal(value);
    if (Array.isArray(value)) return Promise.all(value.map(walk));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(async ([name, entry]) => [name, await walk(entry)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
  return (await walk(message)) as ServerMessage;
}
