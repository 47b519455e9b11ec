import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { PassageError } from "@passage/protocol/errors";
import { type DeviceKey, deviceKey, sealedValue, sealing } from "@passage/protocol/sealed-value";
import { compactDecrypt } from "jose";
import { type Secrets, sealedHere } from "../egress/secrets.ts";

/** Values that are sealed to this device, for one command each. The key is the session's own and ends with it. */
export class SealedValues {
  readonly publicKey: DeviceKey;
  readonly #secrets: Secrets;
  #privateKey: KeyObject | null;

  /** @param secrets hears of each value, so that none goes back. */
  constructor(secrets: Secrets) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#secrets = secrets;
    this.#privateKey = privateKey;
    this.publicKey = deviceKey.parse(publicKey.export({ format: "jwk" }));
  }

  /**
   * The params with what is sealed in them opened.
   * @throws `invalid_params` for what is sealed to another key, or broken.
   */
  async open(params: unknown): Promise<unknown> {
    const entries = Object.entries(params as object);
    if (!entries.some(([, value]) => sealedValue.safeParse(value).success)) return params;
    const opened = entries.map(async ([name, value]) => {
      const sealed = sealedValue.safeParse(value);
      return [name, sealed.success ? await this.#unseal(name, sealed.data.$sealed) : value] as const;
    });
    return Object.fromEntries(await Promise.all(opened));
  }

  forget(): void {
    this.#privateKey = null;
  }

  async #unseal(name: string, sealed: string): Promise<string> {
    if (!this.#privateKey) throw new PassageError("page_gone", "The session is over");
    try {
      const { plaintext } = await compactDecrypt(sealed, this.#privateKey, {
        keyManagementAlgorithms: [sealing.alg],
        contentEncryptionAlgorithms: [sealing.enc],
      });
      const value = new TextDecoder().decode(plaintext);
      this.#secrets.addTyped(sealedHere, value);
      return value;
    } catch (cause) {
      throw new PassageError("invalid_params", `params.${name} is not sealed to this device's key`, { cause });
    }
  }
}
