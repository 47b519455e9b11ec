import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claim, createLink, request } from "../../../test/harness/api.ts";
import { endedLink, givesUp } from "../../../test/harness/completed-link.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage({ environment: { LOG_REQUESTS: "1" } });
const operatorToken = () => readFileSync(join(passage.data, "operator-token"), "utf8").trim();
const metrics = async () => {
  const { status, body, headers } = await request<string>(passage, "GET", "/metrics", undefined, {
    key: operatorToken(),
  });
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  return body;
};
/** The value of a series; 0 where there is none yet. */
const read = (text: string, series: string) =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length) ?? 0,
  );

test("only the operator reads the metrics", async () => {
  expect((await request(passage, "GET", "/metrics")).status).toBe(401);
  expect((await request(passage, "GET", "/metrics", undefined, { key: null })).status).toBe(401);
});

test("requests, links and webhooks are counted, and what waits is a gauge", async () => {
  const receiver = await startReceiver((index) => (index === 0 ? 200 : 500));
  const before = await metrics();
  await endedLink(passage, { webhookUrl: receiver.url });
  await receiver.count(1);
  await endedLink(passage, { webhookUrl: receiver.url }, givesUp);
  await receiver.count(2);
  await request(passage, "GET", "/v1/links/link_unknown");
  await request(passage, "GET", "/nobody/has/this");
  const grown = async (series: string) => read(await metrics(), series) - read(before, series);
  await expect.poll(() => grown('passage_webhook_attempts_total{result="status"}')).toBeGreaterThan(0);
  expect(await grown('passage_http_requests_total{method="POST",route="/v1/links",status="201"}')).toBe(2);
  expect(await grown('passage_http_requests_total{method="GET",route="/v1/links/:id",status="404"}')).toBe(1);
  expect(await grown('passage_http_requests_total{method="other",route="none",status="404"}')).toBe(1);
  expect(await grown('passage_links_settled_total{provider="tmobile",outcome="complete",reason="none"}')).toBe(1);
  expect(
    await grown('passage_links_settled_total{provider="tmobile",outcome="AUTOMATION_ERROR",reason="user_gave_up"}'),
  ).toBe(1);
  expect(await grown('passage_webhook_attempts_total{result="delivered"}')).toBe(1);
  expect(await grown('passage_links{mode="test",status="complete"}')).toBe(1);
  expect(await grown('passage_webhook_backlog{mode="test"}')).toBe(1);
  await receiver.stop();
});

test("every line is a comment or a sample, each family has one TYPE, and buckets only grow", async () => {
  const lines = (await metrics()).trimEnd().split("\n");
  for (const line of lines)
    expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="[^"\n]*",?)+\})? [0-9.e+-]+)$/);
  const types = lines.filter((line) => line.startsWith("# TYPE")).map((line) => line.split(" ")[2]);
  expect(new Set(types).size).toBe(types.length);
  const buckets = lines.filter((line) => line.includes("_bucket{")).map((line) => Number(line.split(" ")[1]));
  expect(buckets).toEqual(buckets.toSorted((one, other) => one - other));
  expect(buckets.at(-1)).toBe(read(lines.join("\n"), "passage_http_request_duration_seconds_count"));
});

test("the log has a line for each request with its id, by its route, and no secret", async () => {
  const link = await createLink(passage);
  const { clientToken } = await claim(passage, link.claimCode);
  await request(passage, "GET", `/link/details?code=${link.claimCode}`, undefined, { key: null });
  const { headers } = await request(passage, "GET", `/v1/links/${link.linkId}?include=partial`);
  const line = JSON.parse(await passage.line(headers.get("x-request-id") ?? "none"));
  expect(line).toMatchObject({ event: "request", method: "GET", route: "/v1/links/:id", status: 200 });
  const output = passage.output.filter((one) => one.startsWith("{")).join("\n");
  expect(output).toContain('"/link/details"');
  for (const secret of [link.claimCode, clientToken, passage.testKey ?? "", operatorToken()])
    expect(output).not.toContain(secret);
  expect(output).not.toContain("/metrics");
});
