import * as z from "zod";

/** How values that only the device may read are sealed: a JWE (RFC 7516, compact) to the key of its hello. */
export const sealing = { alg: "ECDH-ES", enc: "A256GCM" } as const;

/** A device's public key. It makes a new one for every session. */
export const deviceKey = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string().length(43),
  y: z.string().length(43),
});
export type DeviceKey = z.infer<typeof deviceKey>;

/** A card number on its way to the field that it is typed into: in frames, journals and logs it stands like this. */
export const sealedValue = z.object({ $sealed: z.string().max(16_384) });
export type SealedValue = z.infer<typeof sealedValue>;

/** Text to type, in the clear or sealed. */
export const typed = (maxLength: number) =>
  z
    .union([z.string().max(maxLength), sealedValue])
    .describe("In the clear, or sealed: a JWE to the key of the device's hello.");

/** The params as the device uses them: sealed values opened. */
export type Opened<Params> = Params extends object
  ? { [Name in keyof Params]: SealedValue extends Params[Name] ? Exclude<Params[Name], SealedValue> : Params[Name] }
  : Params;
