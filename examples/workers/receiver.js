// A webhook endpoint as a Cloudflare Worker. Deploy it: npx wrangler deploy --config examples/workers/wrangler.jsonc
import { verifyWebhook } from "@passage/connect";

export default {
  async fetch(request, env) {
    if (request.method !== "POST") return new Response(null, { status: 405 });
    try {
      const event = await verifyWebhook(request, { publicKeyUrl: `${env.PASSAGE_URL}/webhook_verification_key/get` });
      console.log("verified:", event.event, event.linkId);
      return new Response(null, { status: 204 });
    } catch (error) {
      // 503: the key could not be had; Passage tries again.
      return new Response(error.code, { status: error.code === "connection_failed" ? 503 : 400 });
    }
  },
};
