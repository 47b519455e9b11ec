// A webhook endpoint in Next.js (App Router): put it at app/webhooks/route.ts, and set PASSAGE_URL.
import { PassageError, verifyWebhook } from "@passage/connect";

export async function POST(request: Request): Promise<Response> {
  const passage = process.env.PASSAGE_URL ?? "http://localhost:8787";
  try {
    const event = await verifyWebhook(request, { publicKeyUrl: `${passage}/webhook_verification_key/get` });
    console.log("verified:", event.event, event.linkId);
    return new Response(null, { status: 204 });
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    // 503: the key could not be had; Passage tries again.
    return new Response(error.code, { status: error.code === "connection_failed" ? 503 : 400 });
  }
}
