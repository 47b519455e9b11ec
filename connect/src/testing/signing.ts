import { createHash } from "node:crypto";
import { exportSPKI, generateKeyPair, SignJWT } from "jose";
import { type Answer, startServer } from "./server.ts";

export const completeBody = JSON.stringify({
  event: "link.complete",
  id: "evt_1",
  linkId: "link_1",
  status: "complete",
  operations: [{ resource: "orderHistory", action: "read" }],
  result: { orderCount: 2, orders: [] },
  error: null,
  timestamp: 1_767_225_600_123,
});

export interface Signing {
  body?: string;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
}

/** A webhook sender made of the stock `jose` library, and a key server that knows its key as `wsk_1`. */
export async function startSender() {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const pem = await exportSPKI(publicKey);
  const keyServer = await startServer(({ body }): Answer => {
    const { key_id } = JSON.parse(body);
    if (key_id !== "wsk_1") return { status: 404, body: { error: "Key not found", code: "not_found" } };
    return { body: { key_id, key: pem, algorithm: "ES256" } };
  });

  const sign = ({ body = completeBody, header, claims }: Signing = {}) =>
    new SignJWT({ iat: nowSeconds(), request_body_sha256: sha256(body), aud: "org_1", jti: "evt_1", ...claims })
      .setProtectedHeader({ alg: "ES256", typ: "JWT", kid: "wsk_1", ...header })
      .sign(privateKey);

  return {
    sign,
    privateKey,
    keyServer,
    options: { publicKeyUrl: `${keyServer.url}/webhook_verification_key/get` },
    /** A signed webhook as a standard request. */
    webhook: async (signing: Signing = {}) => webhookRequest(await sign(signing), signing.body),
    stop: keyServer.stop,
  };
}

export type Sender = Awaited<ReturnType<typeof startSender>>;

export function webhookRequest(token: string, body = completeBody): Request {
  return new Request("https://app.example/webhooks", {
    method: "POST",
    headers: { "X-Passage-Signature": token, "Content-Type": "application/json" },
    body,
  });
}

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
export const nowSeconds = () => Math.floor(Date.now() / 1000);
