import { randomBytes } from "node:crypto";
import { Egress } from "../../device/src/egress/gate.ts";
import { PrivatePhase } from "../../device/src/egress/private-phase.ts";
import { type AnswerShape, answerShape, readShape } from "../../device/src/egress/shapes.ts";
import { projectJson } from "../../device/src/reads/projection.ts";
import { ReadBudget } from "../../device/src/reads/read-budget.ts";
import { inTurn } from "../load.ts";
import { body, page, shape } from "./bills.ts";

/**
 * What a device does with the same 200 bills from the site's answer to the frame: by a declared read, and by a developer's
 * reads of the whole body, as text and as JSON, and of the whole page. A program by itself, which runs with and without a
 * compiler. It writes one JSON object: medians in ms, and the frames' bytes.
 */
const rounds = 41;
const warmUps = 40;
const secretCount = 200;
const bytes: Record<string, number> = {};
const url = "https://shop.example/bills";
const noSession = { accountId: () => undefined, handle: () => null, isSame: () => undefined };
const fetched = { status: 200, url, contentType: "application/json" };
const budget = new ReadBudget();

const contenders = {
  declared: gate("declared", readShape(shape), () => {
    const projected = projectJson(shape, body, noSession);
    budget.demand(projected);
    return { status: "ok", data: projected.data };
  }),
  body: gate("body", answerShape("fetchInPage"), () => ({ ...fetched, body })),
  json: gate("json", answerShape("fetchInPage"), () => ({ ...fetched, body: JSON.parse(body) })),
  page: gate("page", answerShape("content"), () => ({ html: page })),
};
await inTurn(warmUps, contenders);
const ms = await inTurn(rounds, contenders);
process.stdout.write(JSON.stringify({ ms, bytes }));

/** Puts an answer through a device's gate, and measures how long that takes, in ms. */
function gate(name: string, answer: AnswerShape, read: () => object): () => Promise<number> {
  const egress = new Egress(new PrivatePhase(() => url), { isStrict: () => name === "declared" });
  const { secrets } = egress;
  secrets.addTyped("password", randomBytes(9).toString("base64url"));
  secrets.addTyped("code", "730162");
  while (secrets.size < secretCount) secrets.addParts("cookie", randomBytes(32).toString("base64url"));
  let frame = "";
  egress.attach((text) => {
    frame = text;
    return true;
  });
  let round = 0;
  return async () => {
    egress.told.renew();
    const startedAt = performance.now();
    egress.send({ type: "client.command_response", id: `c${++round}`, result: read() }, answer);
    const took = performance.now() - startedAt;
    if (!frame.includes('"result"')) throw new Error(`The gate refused ${name}: ${frame.slice(0, 200)}`);
    bytes[name] = Buffer.byteLength(frame);
    return took;
  };
}
