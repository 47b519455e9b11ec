// A webhook endpoint that trusts nothing but the signature. Start it: node examples/webhook-receiver/receiver.js
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import jwt from "jsonwebtoken";

const passage = process.env.PASSAGE_URL ?? "http://localhost:8787";

createServer(async (request, response) => {
  try {
    // Join the bytes, then decode: a character may begin in one chunk and end in the next.
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const token = request.headers["x-passage-signature"];
    const { kid } = jwt.decode(token, { complete: true }).header;
    const answer = await fetch(`${passage}/webhook_verification_key/get`, {
      method: "POST",
      body: JSON.stringify({ key_id: kid }),
    });
    const claims = jwt.verify(token, (await answer.json()).key, { algorithms: ["ES256"], maxAge: "5m" });
    const hash = createHash("sha256").update(body).digest("hex");
    if (claims.request_body_sha256 !== hash) throw new Error("the body is not the one that was signed");
    console.log("verified:", JSON.stringify(JSON.parse(body.toString()), null, 2));
    response.writeHead(204).end();
  } catch (error) {
    console.error("refused:", error.message);
    response.writeHead(400).end();
  }
}).listen(process.env.RECEIVER_PORT ?? 3000, () => console.log("listening"));
