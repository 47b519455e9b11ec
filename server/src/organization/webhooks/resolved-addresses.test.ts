import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CreatedEndpoint, TestedEndpoint } from "@passage/protocol/webhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request } from "../../../../test/harness/api.ts";
import { removeFolder, startPassage } from "../../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../../test/harness/receiver.ts";
import { createEndpoint, getEvent } from "../../../../test/harness/webhooks.ts";
import { resolvesToReserved } from "./resolve.ts";

/** Public names as anybody can register them, that lead to where only this machine can go. */
const names = {
  "loopback.example.com": "127.0.0.1",
  "private.example.com": "10.1.2.3",
  "metadata.example.com": "169.254.169.254",
  "azure.example.com": "168.63.129.16",
  "benchmark.example.com": "198.18.0.1",
  "six.example.com": "::1",
  "nat64.example.com": "64:ff9b::7f00:1",
  "tunnel.example.com": "2002:7f00:1::",
};

// A hosts file of its own needs a mount namespace of its own; not every machine lets a user make one.
const namespace = ["unshare", "--map-root-user", "--mount"];
const canUnshare = spawnSync(namespace[0] as string, [...namespace.slice(1), "true"]).status === 0;

test.skipIf(!canUnshare)("self-hosted: a name that resolves to a private address is refused at delivery", async () => {
  const folder = mkdtempSync(join(tmpdir(), "passage-hosts-"));
  const lines = Object.entries(names).map(([name, address]) => `${address} ${name}`);
  writeFileSync(join(folder, "hosts"), `127.0.0.1 localhost\n${lines.join("\n")}\n`);
  const mount = `mount --bind ${join(folder, "hosts")} /etc/hosts && exec "$@"`;
  const passage = await startPassage({
    arguments: ["--production"],
    launcher: [...namespace, "sh", "-c", mount, "sh"],
  });
  const operatorToken = readFileSync(join(passage.data, "operator-token"), "utf8").trim();
  const made = await request<{ key: string }>(
    passage,
    "POST",
    "/operator/keys",
    { mode: "live" },
    { key: operatorToken },
  );
  const own = { ...passage, testKey: made.body.key };

  for (const name of Object.keys(names)) {
    const url = `https://${name}:8080/`;
    const endpoint = await request<CreatedEndpoint>(own, "POST", "/v1/webhook_endpoints", { url });
    expect(endpoint.status).toBe(201);
    const tested = await request<TestedEndpoint>(own, "POST", `/v1/webhook_endpoints/${endpoint.body.id}/test`);
    await expect
      .poll(async () => (await getEvent(own, tested.body.eventId)).deliveries[0]?.attempts[0], { timeout: 10_000 })
      .toMatchObject({ status: null, error: "unreachable" });
    // It was the rule, and not a name that nobody knows or a host that nobody listens on.
    await passage.line(`connecting to ${name}:8080 is not allowed`);
  }
  await passage.stop();
  for (const path of [folder, passage.data]) removeFolder(path);
});

test("an endpoint on loopback, made in development, gets nothing in production", async () => {
  const first = await startPassage();
  const receiver = await startReceiver();
  const { id } = await createEndpoint(first, { url: receiver.url });
  await first.stop();
  const second = await startPassage({ data: first.data, arguments: ["--production"] });
  const own = { ...second, testKey: first.testKey };
  const { eventId } = (await request<TestedEndpoint>(own, "POST", `/v1/webhook_endpoints/${id}/test`)).body;
  await expect
    .poll(async () => (await getEvent(own, eventId)).deliveries[0]?.attempts[0])
    .toMatchObject({ status: null, error: "refused_address" });
  expect(receiver.deliveries).toEqual([]);
  await second.stop();
  await receiver.stop();
  removeFolder(first.data);
});

describe("on the network: the resolver is asked", () => {
  const records: Record<string, { type: number; data: string }[]> = {
    "public.example.com": [
      { type: 5, data: "edge.example.net." },
      { type: 1, data: "93.184.216.34" },
      { type: 28, data: "2606:4700::1111" },
    ],
    "mixed.example.com": [
      { type: 1, data: "93.184.216.34" },
      { type: 1, data: "192.168.0.9" },
    ],
    "hidden.example.com": [
      { type: 1, data: "93.184.216.34" },
      { type: 28, data: "::ffff:10.0.0.1" },
    ],
  };
  for (const [name, data] of Object.entries(names)) records[name] = [{ type: data.includes(":") ? 28 : 1, data }];
  const resolver = createServer((asked, response) => {
    const query = new URL(asked.url ?? "", "http://resolver").searchParams;
    const type = query.get("type") === "A" ? 1 : 28;
    const Answer = records[query.get("name") ?? ""]?.filter((one) => one.type === type || one.type === 5);
    response.end(JSON.stringify({ Status: Answer ? 0 : 3, ...(Answer && { Answer }) }));
  });
  let address: string;
  beforeAll(async () => {
    await once(resolver.listen(0, "127.0.0.1"), "listening");
    address = `http://127.0.0.1:${(resolver.address() as AddressInfo).port}/dns-query`;
  });
  afterAll(() => resolver.close());
  // The Workers type of fetch is Node's fetch here.
  const ask = (name: string) => resolvesToReserved(name, address, globalThis as unknown as Pick<Fetcher, "fetch">);

  test.each([...Object.keys(names), "mixed.example.com", "hidden.example.com"])("%s is refused", async (name) => {
    expect(await ask(name)).toEqual(expect.any(String));
  });

  test.each(["public.example.com", "unknown.example.com"])("%s is not", async (name) => {
    expect(await ask(name)).toBe(null);
  });

  test("no answer is an error, so that the delivery is tried later and not sent", async () => {
    const nobody = "http://127.0.0.1:9/dns-query";
    const network = globalThis as unknown as Pick<Fetcher, "fetch">;
    await expect(resolvesToReserved("public.example.com", nobody, network)).rejects.toThrow();
  });
});
